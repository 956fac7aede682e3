"""A throw-away Redis."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

from .process import (
    accepts_connections,
    free_port,
    running,
    scratch_folder,
    user_options,
    wait_until,
)


def why_not() -> str:
    """Empty when a server can be had, otherwise what to do."""
    return "" if shutil.which("redis-server") else "no Redis: sudo apt install redis-server"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a running server that keeps nothing."""
    with scratch_folder("redis") as folder:
        port, log = free_port(), folder / "log"
        argv = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        with running(argv, log, cwd=folder, **user_options()) as process:
            wait_until(lambda: accepts_connections(port), process, log, seconds=30)
            yield f"redis://127.0.0.1:{port}/0"
