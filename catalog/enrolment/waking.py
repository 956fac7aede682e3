"""Wakes the worker once a change is committed; the schedule finds what is missed."""

from __future__ import annotations

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def on_commit() -> None:
    """Queue the work for after this transaction, unless a run of it waits already."""
    # The wish is stored already: a queue that does not take the task must not undo the answer.
    transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    from .tasks import arrange

    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=arrange.module_path
    )
    if not waiting.exists():
        arrange.enqueue()
