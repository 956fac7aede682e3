"""Child processes: started in sessions of their own, always stopped by their own pid."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence

STOP_SECONDS = 20


class Stopped(BaseException):
    """Somebody asked the launcher to stop (Ctrl-C, SIGTERM, a closed terminal)."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Within it a signal to stop becomes ``Stopped``, so that every ``finally`` runs.

    The first one counts: make hands on what its whole group got already, and a second ``Stopped``
    in the middle of a ``finally`` would leave processes behind.
    """
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: object) -> None:
        for every in wanted:
            signal.signal(every, signal.SIG_IGN)
        raise Stopped

    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end(process: subprocess.Popen, seconds: float = STOP_SECONDS) -> None:
    """Ask the process to end, wait, insist."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def call(argv: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run to the end; the child goes when we go. Returns its exit status."""
    sys.stdout.flush()
    process = subprocess.Popen(argv, env=dict(env or os.environ), start_new_session=True)
    try:
        return process.wait()
    finally:
        end(process)


class Children:
    """The long-running processes of ``make run``; leaving the block ends them all."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> Children:
        return self

    def __exit__(self, *problem: object) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            end(process)

    def start(self, name: str, argv: Sequence[str], env: Mapping[str, str]) -> None:
        """Start one in a session of its own: Ctrl-C then reaches only the launcher."""
        self._running[name] = subprocess.Popen(argv, env=dict(env), start_new_session=True)

    def ended(self) -> tuple[str, int] | None:
        """Name and exit status of a child that is no longer there."""
        for name, process in self._running.items():
            if (status := process.poll()) is not None:
                return name, status
        return None

    def wait(self) -> tuple[str, int]:
        """Block until a child ends by itself."""
        while not (gone := self.ended()):
            time.sleep(0.5)
        return gone
