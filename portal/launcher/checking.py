"""``make test`` and ``make lint``: everything that must hold before a change is taken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field

from .children import call, end
from .console import Problem, heading, say
from .environment import Environment, ensure

NO_TESTS = 5
"""pytest's exit status when it has collected nothing."""

SUITES = {
    "main": "not postgres and not elasticsearch and not browser and not newcomer",
    "elasticsearch": "elasticsearch and not postgres and not browser",
    "postgres": "postgres and not browser",
    "browser": "browser",
    "newcomer": "newcomer",
}


@dataclass
class Outcome:
    """What went wrong, what pytest said at the end of each run, what could not be tested."""

    failed: list[str] = field(default_factory=list)
    summaries: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def lint() -> int:
    """Only the linters."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    failed = _lint(environment)
    if failed:
        raise Problem(f"Failed: {', '.join(failed)}. Most of it mends itself: make format")
    return 0


def test() -> int:
    """Lint, Django's own checks, then each suite on its service."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    suite = os.environ.get("SUITE", "")
    if suite and suite not in SUITES:
        raise Problem(f"SUITE is one of {', '.join(SUITES)}; “{suite}” is not.")
    outcome = Outcome()
    if not suite:
        outcome.failed += _lint(environment) + _check(environment)
    for name in [suite] if suite else SUITES:
        _pytest(environment, name, outcome)
    return _report(outcome)


def _lint(environment: Environment) -> list[str]:
    """Names of the linters that found something."""
    checks = {
        "ruff check": [environment.tool("ruff"), "check", "."],
        "ruff format": [environment.tool("ruff"), "format", "--check", "."],
        "djlint (faults)": [environment.tool("djlint"), "templates", "--lint", "--quiet"],
        "djlint (format)": [environment.tool("djlint"), "templates", "--check", "--quiet"],
        "import-linter": [environment.tool("lint-imports"), "--no-cache"],
    }
    failed = _run_all(checks, dict(os.environ))
    heading("ASCII file names")
    if strange := _strange_names():
        say("\n".join(strange))
        failed.append("ASCII file names")
    return failed


def _check(environment: Environment) -> list[str]:
    """Names of Django's checks that found something."""
    checks = {
        "migrations complete": environment.manage("makemigrations", "--check", "--dry-run"),
        "manage.py check": environment.manage("check", "--fail-level=WARNING"),
    }
    return _run_all(checks, _variables())


def _run_all(checks: dict[str, list[str]], variables: dict[str, str]) -> list[str]:
    failed = []
    for name, argv in checks.items():
        heading(name)
        if call(argv, variables):
            failed.append(name)
    return failed


def _strange_names() -> list[str]:
    """Paths that some file system or archive would spell differently."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        # Not a clone: an unpacked archive has nothing to check in.
        return []
    return [ascii(path) for path in listed.stdout.decode().split("\0") if not path.isascii()]


def _variables() -> dict[str, str]:
    """The tests' environment: what points at real services is theirs under a name of its own."""
    variables = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for name in ("DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL"):
        if value := variables.pop(name, ""):
            variables.setdefault(f"TEST_{name}", value)
    # A developer's .po change must be seen by tests at once; conftest compiles.
    return variables


def _pytest(environment: Environment, suite: str, outcome: Outcome) -> None:
    heading(f"\nTests: {suite}")
    argv = [environment.python, "-m", "tests.services.run", suite, "-m", SUITES[suite]]
    argv += os.environ.get("ARGS", "").split()
    started = time.monotonic()
    status, text = _stream(argv, _variables())
    summary = re.findall(r"^=+ (.* in [\d.]+s.*?) =+$", text, flags=re.MULTILINE)
    outcome.summaries[suite] = summary[-1] if summary else f"no summary (status {status})"
    outcome.left_out += re.findall(r"^left out: (.*)$", text, flags=re.MULTILINE)
    if status not in (0, NO_TESTS):
        outcome.failed.append(f"tests ({suite})")
    say(f"{suite}: {time.monotonic() - started:.0f} s")


def _stream(argv: list[str], variables: dict[str, str]) -> tuple[int, str]:
    """Run, show every line as it comes, keep them all."""
    process = subprocess.Popen(
        argv,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    lines = []
    try:
        for line in process.stdout:
            lines.append(line.decode("utf-8", "replace"))
            sys.stdout.write(lines[-1])
            sys.stdout.flush()
        return process.wait(), "".join(lines)
    finally:
        end(process)


def _report(outcome: Outcome) -> int:
    """The last lines: what pytest said, what was left out and how to get it, what failed."""
    heading("\nSummary")
    for suite, summary in outcome.summaries.items():
        say(f"===== {suite}: {summary} =====")
    must_be_complete = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    if outcome.left_out and must_be_complete:
        outcome.failed.append("tests were left out, which CI does not accept")
    if outcome.failed:
        say(f"Failed: {'; '.join(outcome.failed)}")
    for reason in outcome.left_out:
        say(f"Left out: {reason}")
    return 1 if outcome.failed else 0
