"""A new index built beside the live one and switched to when it is complete."""

from __future__ import annotations

from collections.abc import Callable

from .documents import all_keys, documents_for
from .engines import get_engine
from .outbox import BATCH, batches, begin_rebuild, drain, end_rebuild


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Index everything public; returns how many. ``progress(done, total)`` after each batch."""
    engine = get_engine()
    keys, done = list(all_keys()), 0
    begin_rebuild()
    target = engine.start_rebuild()
    try:
        for batch in batches(keys, BATCH):
            documents, _deletes = documents_for(batch)
            target.write(documents)
            done += len(documents)
            progress(done, len(keys))
        target.commit()
    except BaseException:
        target.abort()
        raise
    finally:
        end_rebuild()
    drain(engine)
    return done
