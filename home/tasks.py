"""Waking the worker once a change is stored; the schedule finds what is missed."""

from __future__ import annotations

from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

LONG = "long"
"""The queue of work that takes minutes: nothing short waits behind it."""


def enqueue_on_commit(task: Task) -> None:
    """Queue the task after this transaction, unless a run of it waits already."""
    # The change is stored already: a queue that does not take the task must not undo the answer.
    transaction.on_commit(lambda: _enqueue_once(task), robust=True)


def _enqueue_once(task: Task) -> None:
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)
    if not waiting.exists():
        task.enqueue()
