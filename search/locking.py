"""One writer of the index at a time, across threads, processes and hosts."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

# Any number that nobody else in the database locks.
_ADVISORY = 7_311_205


@contextlib.contextmanager
def only_writer() -> Iterator[None]:
    """Waits until nobody else writes; released when the holder dies.

    Two who read the same course and write it one after the other could else leave the older text
    in the index. PostgreSQL keeps the lock for all hosts; with SQLite there is one host only.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY])
        try:
            yield
        finally:
            # A connection that broke has given its lock back.
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY])
        return
    folder = Path(settings.SEARCH["INDEX_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
