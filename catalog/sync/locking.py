"""One sync of an LMS at a time; a process that dies lets go."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

# Any number that nobody else in the database locks with.
_ADVISORY = 4_113


@contextlib.contextmanager
def only_sync(number: int) -> Iterator[bool]:
    """False when another process is at it. PostgreSQL keeps the lock for all hosts; with SQLite
    there is one host only."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_ADVISORY, number])
            is_ours = cursor.fetchone()[0]
        try:
            yield is_ours
        finally:
            # A connection that broke has given its lock back.
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                if is_ours:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_ADVISORY, number])
        return
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"sync-{number}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
