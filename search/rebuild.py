"""A new index built beside the live one and switched to when it is complete."""

from __future__ import annotations

from collections.abc import Callable

from catalog.models import Course

from .documents import documents_for
from .engines import get_engine
from .outbox import BATCH, begin_rebuild, drain, end_rebuild


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Index every public course; returns how many. ``progress(done, total)`` after each batch."""
    engine = get_engine()
    total, done, last = Course.objects.public().count(), 0, 0
    begin_rebuild()
    target = engine.start_rebuild()
    try:
        while True:
            pks = list(
                Course.objects.public()
                .filter(pk__gt=last)
                .order_by("pk")
                .values_list("pk", flat=True)[:BATCH]
            )
            if not pks:
                break
            documents, _deletes = documents_for(f"course:{pk}" for pk in pks)
            target.write(documents)
            last, done = pks[-1], done + len(documents)
            progress(done, total)
        target.commit()
    except BaseException:
        target.abort()
        raise
    finally:
        end_rebuild()
    drain(engine)
    return done
