"""A new index built beside the live one and switched to when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils import timezone

from home.cache import touch_content

from .analysing import analysts
from .documents import all_keys, documents_for
from .engine import Build, Document, EngineUnavailable, IncompleteBuild, Index
from .engines import get_indexes
from .locking import only_builder, only_writer
from .models import OutboxEntry, SearchIndex
from .outbox import MAIN, batches, hand_out, write_waiting
from .registry import begin, forget, note, replace, unfinished

# Many at once keep the queries few; what is lost when the process is killed is this much.
READ = 4000
# How often the count is repeated while the catalogue changes under it.
COUNTS = 10

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    pass


def rebuild(progress: Progress = _silent, *, afresh: bool = False) -> int:
    """Every index of this host; returns how many documents the one that answers has.

    ``progress(done, total)`` after each batch. ``afresh``: do not go on with what was left behind.
    An index that is away does not keep the others from being rebuilt; then EngineUnavailable.
    """
    counts, problems = [], []
    for index in get_indexes():
        try:
            counts.append(rebuild_index(index, progress, afresh=afresh))
        except EngineUnavailable as error:
            problems.append(error)
    touch_content()
    if problems:
        raise problems[0]
    return counts[0]


def rebuild_index(index: Index, progress: Progress = _silent, *, afresh: bool = False) -> int:
    """Index everything public; returns how many. May be killed and begun again at any moment."""
    with only_builder(index):
        before = index.live()
        build = index.start_rebuild(() if afresh else unfinished())
        try:
            # What has changed until now the new index reads from the tables.
            hand_out()
            _fill(build, begin(build.name), progress)
            return _switch(index, build, before)
        except EngineUnavailable as error:
            if isinstance(error, IncompleteBuild) or not build.survives:
                forget(build.name)
                build.abort()
            raise
        finally:
            build.close()


def _fill(build: Build, state: SearchIndex, progress: Progress) -> None:
    """Write what there is beyond the last key that was saved.

    While one batch is analysed the next one is read.
    """
    if not state.total:
        state.total = _public()
    begun: tuple[str, Iterable] | None = None
    with analysts(build.analyse, state.total - state.done) as analysed:
        for keys in batches(all_keys(state.cursor), READ):
            documents, _deletes = documents_for(keys)
            following = keys[-1], analysed(documents)
            if begun:
                _add(build, state, *begun, progress)
            begun = following
        if begun:
            _add(build, state, *begun, progress)


def _add(
    build: Build, state: SearchIndex, last: str, analysed: Iterable, progress: Progress
) -> None:
    state.done += build.add(analysed)
    build.save()
    state.cursor, state.seen_at = last, timezone.now()
    state.save(update_fields=["cursor", "done", "total", "seen_at"])
    progress(state.done, max(state.total, state.done))


def _switch(index: Index, build: Build, before: str) -> int:
    """Make it the live one, with every change until this moment; returns its documents."""

    def write(documents: list[Document], deletes: list[str]) -> None:
        build.write(documents, deletes)
        # A change that has been written is forgotten: it must outlive this process.
        build.save()

    write_waiting(build.name, write)
    with only_writer(index):
        for _attempt in range(COUNTS):
            write_waiting(build.name, write)
            expected = _public()
            if not OutboxEntry.objects.filter(consumer__in=[MAIN, build.name]).exists():
                break
        else:
            raise EngineUnavailable("The catalogue changes too fast to count it; try again.")
        note(build.name, expected)
        build.commit(expected)
        replace(before, build.name)
    return expected


def _public() -> int:
    """Entries that have a document."""
    return sum(1 for _key in all_keys())
