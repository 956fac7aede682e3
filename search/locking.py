"""One writer and one builder of an index at a time, across threads, processes and hosts."""

from __future__ import annotations

import contextlib
import fcntl
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from .engine import EngineUnavailable, Index

# Any number that nobody else in the database locks.
_ADVISORY = 7_311


class Busy(EngineUnavailable):
    """Somebody else does it already."""


def only_writer(index: Index) -> contextlib.AbstractContextManager[None]:
    """Waits until nobody else writes ``index``; released when the holder dies.

    Two who read the same course and write it one after the other could else leave the older text
    in the index.
    """
    return _held(index, "writing", wait=True)


def only_builder(index: Index) -> contextlib.AbstractContextManager[None]:
    """Raises Busy while somebody else builds a new index in the place of ``index``."""
    return _held(index, "building", wait=False)


def _held(index: Index, what: str, *, wait: bool) -> contextlib.AbstractContextManager[None]:
    """PostgreSQL keeps the lock of a server's index for all hosts; with SQLite there is one host.

    An embedded index belongs to its folder.
    """
    if index.folder is None and connection.vendor == "postgresql":
        return _advisory(zlib.crc32(f"{what} {index.place}".encode()) - 2**31, wait)
    if index.folder is None:
        return _file(Path(settings.SEARCH["INDEX_DIR"]), f"{what}-server.lock", wait)
    return _file(index.folder, f"{what}.lock", wait)


@contextlib.contextmanager
def _advisory(number: int, wait: bool) -> Iterator[None]:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_ADVISORY, number])
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_ADVISORY, number])
            if not cursor.fetchone()[0]:
                raise Busy("The search index is being rebuilt already.")
    try:
        yield
    finally:
        # A connection that broke has given its lock back.
        with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_ADVISORY, number])


@contextlib.contextmanager
def _file(folder: Path, name: str, wait: bool) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / name).open("w")
    except OSError as error:
        raise EngineUnavailable(f"{folder} cannot be written: {error}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Busy("The search index is being rebuilt already.") from error
        yield
