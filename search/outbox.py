"""From an announced change to the search index: stored with the change, written after it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from catalog.signals import catalogue_changed

from .documents import documents_for, expand
from .engine import Engine
from .engines import get_engine
from .locking import only_writer
from .models import OutboxEntry

logger = logging.getLogger(__name__)

MAIN, REBUILD = "main", "rebuild"
BATCH = 400


@receiver(catalogue_changed, dispatch_uid="search.outbox")
def remember(sender: Any, keys: frozenset[str], **kwargs: Any) -> None:
    """The catalogue announced changes."""
    store(keys)


def store(keys: Iterable[str]) -> None:
    """Keep the keys in the transaction of the change and wake the worker once it is committed."""
    OutboxEntry.objects.bulk_create([OutboxEntry(key=key) for key in sorted(keys)], batch_size=500)
    # The change is saved already: a queue that does not take the task must not undo the answer.
    transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    """Queue one run of the indexing task unless one waits already."""
    from .tasks import index_changes

    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=index_changes.module_path
    )
    if not waiting.exists():
        index_changes.enqueue()


def drain(engine: Engine | None = None) -> int:
    """Bring the index up to date with every stored change; returns how many documents it wrote.

    Rows go only after the engine has them. EngineUnavailable leaves them for the next run.
    """
    with only_writer():
        return _drain(engine or get_engine())


def _drain(engine: Engine) -> int:
    written = 0
    while True:
        entries = list(OutboxEntry.objects.filter(consumer=MAIN).order_by("pk")[:BATCH])
        if not entries:
            return written
        for keys in batches(expand(entry.key for entry in entries), BATCH):
            documents, deletes = documents_for(keys)
            engine.write(documents, deletes)
            written += len(documents)
        _settle([entry.pk for entry in entries])


def _settle(pks: list[int]) -> None:
    """Forget the rows, or hand them to the rebuild that runs beside the live index."""
    rows = OutboxEntry.objects.filter(pk__in=pks)
    if rebuild_is_running():
        rows.update(consumer=REBUILD)
    else:
        rows.delete()


def batches(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in lists of ``size``."""
    rest = iter(keys)
    while batch := list(islice(rest, size)):
        yield batch


def rebuild_is_running() -> bool:
    """True between ``begin_rebuild`` and ``end_rebuild``."""
    return OutboxEntry.objects.filter(consumer=REBUILD, key="").exists()


def begin_rebuild() -> None:
    """From now on changes are kept for the new index too."""
    OutboxEntry.objects.get_or_create(consumer=REBUILD, key="")


def end_rebuild() -> None:
    """Changes made meanwhile are written again, now into the new index."""
    with transaction.atomic():
        OutboxEntry.objects.filter(consumer=REBUILD, key="").delete()
        OutboxEntry.objects.filter(consumer=REBUILD).update(consumer=MAIN)
