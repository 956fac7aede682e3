"""A new index built beside the live one and switched to when it is complete."""

from __future__ import annotations

from collections.abc import Callable

from home.cache import touch_content

from .documents import all_keys, documents_for
from .engines import get_engine
from .locking import only_writer
from .outbox import BATCH, batches, begin_rebuild, drain, end_rebuild


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Index everything public; returns how many. ``progress(done, total)`` after each batch."""
    engine, done = get_engine(), 0
    target = engine.start_rebuild()
    try:
        begin_rebuild()
        keys = list(all_keys())
        for batch in batches(keys, BATCH):
            documents, _deletes = documents_for(batch)
            target.write(documents)
            done += len(documents)
            progress(done, len(keys))
        # A change is either written into the new index below, or kept until it is.
        with only_writer():
            target.commit()
            end_rebuild()
    except BaseException:
        target.abort()
        end_rebuild()
        raise
    touch_content()
    drain(engine)
    return done
