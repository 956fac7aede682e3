"""Searches and clicks on their way into the counts: gathered in the process, written in batches.

A search must not wait for a database that a nightly import is writing to, so a thread of its own
writes every few seconds. What a process killed meanwhile had gathered is lost; counts may be.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import re
import threading
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Count, F
from django.http import HttpRequest
from django.utils import timezone

from home.clients import client_address

from .models import Asker, DaySalt, QueryDay, plainly, query_key

logger = logging.getLogger(__name__)

# More are not kept: a flood of searches must not fill the memory.
MOST_WAITING = 5000
FLUSH_SECONDS = 5
# Addresses, telephone and identity numbers say who somebody is; such queries are not counted.
_PERSONAL = re.compile(r"@|\d(?:[\s().-]?\d){6}")


@dataclass(frozen=True)
class Seen:
    """One search that was answered, or with ``clicked`` one result that was opened.

    ``found``: how many results; ``strict``: they have all the words that were typed.
    """

    query: str
    language: str
    found: int = 0
    strict: bool = False
    clicked: bool = False


@dataclass(frozen=True)
class _Event:
    day: date
    seen: Seen
    who: bytes


_waiting: deque[_Event] = deque(maxlen=MOST_WAITING)
_wake = threading.Event()
_thread: tuple[int, threading.Thread] | None = None
_starting = threading.Lock()


def count(request: HttpRequest, seen: Seen) -> None:
    """Remember a search or a click; returns at once and never fails."""
    if not query_key(seen.query) or _PERSONAL.search(seen.query):
        return
    _waiting.append(_Event(timezone.localdate(), seen, _who(request)))
    if settings.SEARCH["COUNT"]:
        _start()


def _who(request: HttpRequest) -> bytes:
    """What tells one browser from another; hashed before it is written."""
    parts = (
        client_address(request),
        request.headers.get("User-Agent", "")[:400],
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
    )
    return repr(parts).encode("utf-8", "surrogatepass")


def _start() -> None:
    """One writing thread per process, also after a fork."""
    global _thread
    with _starting:
        if _thread is None or _thread[0] != os.getpid() or not _thread[1].is_alive():
            thread = threading.Thread(target=_write_for_ever, name="search-counts", daemon=True)
            _thread = (os.getpid(), thread)
            thread.start()
            atexit.register(_write_last)


def _write_for_ever() -> None:
    while True:
        _wake.wait(FLUSH_SECONDS)
        _write_last()


def _write_last() -> None:
    try:
        close_old_connections()
        flush()
    except Exception:
        logger.warning("Searches could not be counted", exc_info=True)
    finally:
        connection.close()


def flush() -> int:
    """Write what was gathered; returns how many searches and clicks that were."""
    events: list[_Event] = []
    while _waiting:
        events.append(_waiting.popleft())
    if events:
        with transaction.atomic():
            _write(events)
    return len(events)


def _write(events: list[_Event]) -> None:
    """Rows in one order, whoever writes: two processes at once must not wait for each other."""
    numbers: dict[tuple[date, str, str], Counter] = defaultdict(Counter)
    typed: dict[tuple[date, str, str], str] = {}
    askers: dict[tuple[date, str, str], set[str]] = defaultdict(set)
    salts = {day: _salt(day) for day in {event.day for event in events}}
    for event in events:
        seen = event.seen
        key = (event.day, seen.language, query_key(seen.query))
        typed[key] = plainly(seen.query)
        if seen.clicked:
            numbers[key]["clicks"] += 1
            continue
        numbers[key]["searches"] += 1
        numbers[key]["empty"] += not seen.found
        numbers[key]["strict"] += seen.strict and seen.found > 0
        person = hashlib.blake2b(event.who, key=salts[event.day], digest_size=16)
        askers[key].add(person.hexdigest())
    names = ("day", "language", "query")
    QueryDay.objects.bulk_create(
        (
            QueryDay(**dict(zip(names, key, strict=True)), typed=typed[key])
            for key in sorted(numbers)
        ),
        ignore_conflicts=True,
    )
    Asker.objects.bulk_create(
        (
            Asker(**dict(zip(names, key, strict=True)), person=person)
            for key, people in sorted(askers.items())
            for person in sorted(people)
        ),
        ignore_conflicts=True,
    )
    for key, added in sorted(numbers.items()):
        where = dict(zip(names, key, strict=True))
        people = Asker.objects.filter(**where).aggregate(count=Count("pk"))["count"]
        QueryDay.objects.filter(**where).update(
            **{name: F(name) + number for name, number in added.items()},
            typed=typed[key],
            people=people,
        )


def _salt(day: date) -> bytes:
    row, _is_new = DaySalt.objects.get_or_create(day=day)
    return bytes(row.salt)
