"""What the test servers share: free ports, an unprivileged user, start, wait, stop."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def user_options() -> dict[str, object]:
    """Popen's options that drop root, which database servers refuse to run as."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def scratch_folder(name: str) -> Iterator[Path]:
    """A temporary folder that the unprivileged user owns, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"learning-gate-{name}-"))
    if options := user_options():
        os.chown(folder, options["user"], options["group"])
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(
    argv: Sequence[str], log: Path, *, stop_seconds: float = 30, **options: object
) -> Iterator[subprocess.Popen]:
    """The process of ``argv`` while the block lasts; its output goes to ``log``.

    A session of its own keeps Ctrl-C away from it: the block ends it, by its pid.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            argv,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **options,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen, log: Path, seconds: float
) -> None:
    """Return once ``ready()`` is true; RuntimeError with the log's end if that never happens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.1)
    tail = log.read_text(errors="replace")[-3000:]
    raise RuntimeError(f"{process.args[0]} did not become ready:\n{tail}")


def accepts_connections(port: int) -> bool:
    """True when somebody listens."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
