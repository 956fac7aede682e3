"""``make test`` fails for what must not be taken, and says what could not be tested."""

from __future__ import annotations

import pytest

from portal.launcher import checking
from portal.launcher.checking import Outcome

LEFT_OUT = "7 tests marked browser: no Chromium: sudo apt install chromium, or set CHROMIUM"


@pytest.fixture(autouse=True)
def _not_in_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


def test_the_last_lines_repeat_what_pytest_said_and_name_what_was_left_out(capsys):
    outcome = Outcome(summaries={"main": "12 passed in 3.00s"}, left_out=[LEFT_OUT])
    assert checking._report(outcome) == 0
    said = capsys.readouterr().out.splitlines()
    assert "===== main: 12 passed in 3.00s =====" in said
    assert said[-1] == f"Left out: {LEFT_OUT}"


def test_tests_that_were_left_out_are_a_failure_in_ci(monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    assert checking._report(Outcome(left_out=[LEFT_OUT])) == 1
    assert "which CI does not accept" in capsys.readouterr().out


def test_a_failed_linter_fails_the_whole(capsys):
    failed = checking._run_all({"lint": ["false"], "format": ["true"]}, {})
    assert failed == ["lint"]
    assert checking._report(Outcome(failed=failed)) == 1
    assert "Failed: lint" in capsys.readouterr().out
