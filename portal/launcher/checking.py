"""``make test`` and ``make lint``: everything that must hold before a change is taken."""

from __future__ import annotations

import os
import subprocess

from .children import call
from .console import Problem, heading, say
from .environment import Environment, ensure
from .suites import SUITES, Outcome, run_suites, variables


def lint() -> int:
    """Only the linters."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    failed = _lint(environment)
    if failed:
        raise Problem(f"Failed: {', '.join(failed)}. Most of it mends itself: make format")
    return 0


def test() -> int:
    """Lint, Django's own checks, then each suite on its service, as many at once as JOBS says."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    suite = os.environ.get("SUITE", "")
    if suite and suite not in SUITES:
        raise Problem(f"SUITE is one of {', '.join(SUITES)}; “{suite}” is not.")
    outcome = Outcome()
    if not suite:
        outcome.failed += _lint(environment) + _check(environment)
    run_suites(environment.python, [suite] if suite else list(SUITES), _jobs(), outcome)
    return _report(outcome)


def _jobs() -> int:
    """JOBS; else one suite a core, three at most: each brings servers with it."""
    given = os.environ.get("JOBS", "") or str(min(os.cpu_count() or 1, 3))
    if not given.isdecimal() or not 1 <= int(given) <= len(SUITES):
        raise Problem(f"JOBS is a number from 1 to {len(SUITES)}; “{given}” is not.")
    return int(given)


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
    return _run_all(checks, variables())


def _run_all(checks: dict[str, list[str]], environment: dict[str, str]) -> list[str]:
    failed = []
    for name, argv in checks.items():
        heading(name)
        if call(argv, environment):
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
