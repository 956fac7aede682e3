"""Wakes the worker that carries wishes and sends mails."""

from __future__ import annotations

from home.tasks import enqueue_on_commit


def on_commit() -> None:
    """Queue the work for after this transaction."""
    from .tasks import arrange

    enqueue_on_commit(arrange)
