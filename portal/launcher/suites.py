"""The suites of ``make test``: each is a pytest of its own, several of them at the same time."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .children import end
from .console import heading, say

NO_TESTS = 5
"""pytest's exit status when it has collected nothing."""

SUITES = {
    "main": "not postgres and not elasticsearch and not browser and not newcomer",
    "browser": "browser",
    "postgres": "postgres and not browser",
    "elasticsearch": "elasticsearch and not postgres and not browser",
    "newcomer": "newcomer",
}
"""Name: pytest's ``-m``. Longest first, so that none of them is left alone at the end."""


@dataclass
class Outcome:
    """What went wrong, what pytest said at the end of each run, what could not be tested."""

    failed: list[str] = field(default_factory=list)
    summaries: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def variables() -> dict[str, str]:
    """The tests' environment: what points at real services is theirs under a name of its own."""
    chosen = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for name in ("DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL"):
        if value := chosen.pop(name, ""):
            chosen.setdefault(f"TEST_{name}", value)
    return chosen


def run_suites(python: str, names: list[str], jobs: int, outcome: Outcome) -> None:
    """Run them, ``jobs`` at once; lines say whose they are where suites speak together."""
    heading(f"\nTests: {', '.join(names)}")
    prefixed = min(jobs, len(names)) > 1
    suites = [_Suite(name, f"{name:13}| " if prefixed else "") for name in names]
    with ThreadPoolExecutor(jobs) as lanes:
        try:
            running = [lanes.submit(suite.run, python) for suite in suites]
            for suite, done in zip(suites, running, strict=True):
                status, text = done.result()
                _take_down(suite.name, status, text, outcome)
        except BaseException:
            lanes.shutdown(wait=False, cancel_futures=True)
            for suite in suites:
                suite.stop()
            raise


class _Suite:
    """One pytest, which another thread may stop."""

    def __init__(self, name: str, prefix: str) -> None:
        self.name, self._prefix = name, prefix
        self._process: subprocess.Popen | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def run(self, python: str) -> tuple[int, str]:
        """Show every line as it comes, keep them all; exit status and text."""
        argv = [python, "-m", "tests.services.run", self.name, "-m", SUITES[self.name]]
        argv += os.environ.get("ARGS", "").split()
        started = time.monotonic()
        with self._lock:
            if self._stopped:
                return 1, ""
            self._process = subprocess.Popen(
                argv,
                env=variables(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        lines = []
        for line in self._process.stdout:
            lines.append(line.decode("utf-8", "replace"))
            say(self._prefix + lines[-1].rstrip("\n"))
        status = self._process.wait()
        say(f"{self._prefix}{self.name}: {time.monotonic() - started:.0f} s")
        return status, "".join(lines)

    def stop(self) -> None:
        """End it now, or before it begins."""
        with self._lock:
            self._stopped = True
        if self._process:
            end(self._process)


def _take_down(name: str, status: int, text: str, outcome: Outcome) -> None:
    summary = re.findall(r"^=+ (.* in [\d.]+s.*?) =+$", text, flags=re.MULTILINE)
    outcome.summaries[name] = summary[-1] if summary else f"no summary (status {status})"
    outcome.left_out += re.findall(r"^left out: (.*)$", text, flags=re.MULTILINE)
    if status not in (0, NO_TESTS):
        outcome.failed.append(f"tests ({name})")
