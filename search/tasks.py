"""Tasks of the search app."""

from __future__ import annotations

from django_tasks import task

from home.cache import touch_content

from .models import OutboxEntry
from .outbox import MAIN, drain


@task()
def index_changes() -> int:
    """Write every stored change into the index; returns the number of documents."""
    return catch_up()


def catch_up() -> int:
    """The same, for the schedule.

    A page of results that was made between the change and this moment was kept without it, so the
    content counts as changed once more.
    """
    if not OutboxEntry.objects.filter(consumer=MAIN).exists():
        return 0
    written = drain()
    touch_content()
    return written
