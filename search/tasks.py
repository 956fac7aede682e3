"""Tasks of the search app."""

from __future__ import annotations

from django_tasks import task

from home.tasks import LONG

from .embedding.renewal import renew
from .upkeep import catch_up


@task()
def index_changes() -> int:
    """Write every stored change into the index; returns the number of documents."""
    return catch_up()


@task(queue_name=LONG)
def renew_embedder() -> bool:
    """Learn the words of the catalogue anew where it has become another one."""
    return renew()
