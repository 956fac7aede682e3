"""From an announced change to the search index: stored with the change, written after it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.dispatch import receiver

from catalog.signals import catalogue_changed
from home.tasks import enqueue_on_commit

from . import registry
from .documents import documents_for, expand
from .engine import Document, EngineUnavailable, Index
from .engines import get_indexes
from .locking import only_writer
from .models import OutboxEntry, SearchIndex

logger = logging.getLogger(__name__)

# The consumer of what has not been handed out yet.
MAIN = "main"
HANDED, BATCH = 5000, 2000


@receiver(catalogue_changed, dispatch_uid="search.outbox")
def remember(sender: Any, keys: frozenset[str], **kwargs: Any) -> None:
    """The catalogue announced changes."""
    store(keys)


def store(keys: Iterable[str]) -> None:
    """Keep the keys in the transaction of the change and wake the worker once it is committed."""
    from .tasks import index_changes

    OutboxEntry.objects.bulk_create([OutboxEntry(key=key) for key in sorted(keys)], batch_size=500)
    enqueue_on_commit(index_changes)


class LostIndex(EngineUnavailable):
    """The index is not what was written: another one, an older one, or less."""


def hand_out() -> None:
    """Give what waits for everybody to every index there is; without any, nobody needs it.

    The changes are read before the indexes: one that is missed here began later, and so its build
    reads what the change left in the tables.
    """
    inbox = OutboxEntry.objects.filter(consumer=MAIN).order_by("pk")
    while inbox.exists():
        with transaction.atomic():
            entries = list(inbox.select_for_update()[:HANDED])
            handed = OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries])
            names = list(SearchIndex.objects.order_by("pk").values_list("name", flat=True))
            if not names:
                handed.delete()
                continue
            first, *others = names
            OutboxEntry.objects.bulk_create(
                OutboxEntry(consumer=name, key=entry.key, created_at=entry.created_at)
                for name in others
                for entry in entries
            )
            handed.update(consumer=first)


def drain(index: Index | None = None) -> int:
    """Bring an index, or all of this host, up to date; returns how many documents were written.

    Rows go only after the index has them. EngineUnavailable leaves them for the next run.
    """
    if index is None:
        return sum(drain(each) for each in get_indexes())
    with only_writer(index):
        name = index.live()
        if not registry.is_known(name):
            raise LostIndex("No change has reached the search index; rebuild it.")
        # A write that was interrupted can have changed what still waits, and nothing else.
        waiting = set(expand(entry.key for entry in _waiting(name)))
        has, had = index.count(), registry.holds(name)
        if abs(has - had) > len(waiting):
            raise LostIndex(f"The search index has {has} documents, but had {had}; rebuild it.")

        def write(documents: list[Document], deletes: list[str]) -> None:
            index.write(documents, deletes)
            registry.note(name, index.count())

        return write_waiting(name, write)


def write_waiting(name: str, write: Callable[[list[Document], list[str]], None]) -> int:
    """Write what waits for the index ``name``; returns how many documents."""
    written = 0
    while entries := _waiting(name):
        for keys in batches(expand(entry.key for entry in entries), BATCH):
            documents, deletes = documents_for(keys)
            write(documents, deletes)
            written += len(documents)
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return written


def _waiting(name: str) -> list[OutboxEntry]:
    hand_out()
    return list(OutboxEntry.objects.filter(consumer=name).order_by("pk")[:BATCH])


def oldest_waiting(names: Iterable[str]) -> datetime | None:
    """Since when a change waits for one of these indexes, or for all; None when none does."""
    rows = OutboxEntry.objects.filter(consumer__in=[MAIN, *names])
    return rows.aggregate(oldest=Min("created_at"))["oldest"]


def batches(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in lists of ``size``."""
    rest = iter(keys)
    while batch := list(islice(rest, size)):
        yield batch
