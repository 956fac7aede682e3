"""``make test`` fails for what must not be taken, and says what could not be tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.launcher import checking
from portal.launcher.console import Problem
from portal.launcher.suites import Outcome, run_suites

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


@pytest.fixture
def interpreter(tmp_path: Path) -> str:
    """Stands in for Python: says what pytest would, for the suite it was given."""
    script = tmp_path / "python"
    script.write_text(
        "#!/bin/sh\necho line of $3\necho left out: 1 test of $3\n"
        'echo "===== 5 passed in 1.00s ====="\ntest $3 != browser\n'
    )
    script.chmod(0o755)
    return str(script)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_suite_is_reported_however_many_run_at_once(interpreter, capsys, jobs):
    outcome = Outcome()
    run_suites(interpreter, ["main", "browser", "postgres"], jobs, outcome)
    assert outcome.failed == ["tests (browser)"]
    assert outcome.summaries == dict.fromkeys(["main", "browser", "postgres"], "5 passed in 1.00s")
    assert outcome.left_out == ["1 test of main", "1 test of browser", "1 test of postgres"]
    said = capsys.readouterr().out.splitlines()
    assert ("line of main" in said) == (jobs == 1)
    assert any(line.startswith("main") and line.endswith("line of main") for line in said) == (
        jobs == 2
    )


@pytest.mark.parametrize("jobs", ["0", "9", "two"])
def test_a_wrong_number_of_jobs_is_a_sentence(monkeypatch, jobs):
    monkeypatch.setenv("JOBS", jobs)
    with pytest.raises(Problem, match="JOBS is a number from 1 to 5"):
        checking._jobs()
