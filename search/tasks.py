"""Tasks of the search app."""

from __future__ import annotations

from django_tasks import task

from .upkeep import catch_up


@task()
def index_changes() -> int:
    """Write every stored change into the index; returns the number of documents."""
    return catch_up()
