"""Each host keeps its indexes up to date, rebuilds what is lost and says how they are."""

from __future__ import annotations

import contextlib
import logging
import time
from datetime import datetime

from home.cache import touch_content

from .engine import EngineHealth, EngineUnavailable, Index
from .engines import get_engine, get_indexes
from .locking import Busy
from .models import SearchIndex
from .outbox import LostIndex, drain, oldest_waiting
from .rebuild import rebuild_index
from .registry import is_known

logger = logging.getLogger(__name__)

# A rebuild that failed is not tried again at once.
PAUSE_SECONDS = 300.0
_not_before: dict[str, float] = {}
# Indexes that were of this release when this process first saw them, or were made so.
_checked: set[str] = set()


def catch_up() -> int:
    """Write every stored change into every index of this host; returns how many documents.

    An index that is away does not keep the others waiting; EngineUnavailable when all are.
    A page of results that was made between a change and this moment was kept without it, so the
    content counts as changed once more.
    """
    written: dict[str, int] = {}
    indexes, problem = get_indexes(), None
    # The fallback first: it is near, and a server that hangs must not hold it up.
    for index in reversed(indexes):
        try:
            written[index.place] = _bring_up_to_date(index)
        except EngineUnavailable as error:
            logger.warning("Changes wait for the search index (%s): %s", index.place, error)
            problem = error
    if not written:
        raise problem
    # Visitors see the first index; another one only while the first is away.
    if written.get(indexes[0].place, sum(written.values())):
        touch_content()
    return sum(written.values())


def _bring_up_to_date(index: Index) -> int:
    name = index.live()
    if not is_known(name):
        return _rebuilt(index, "no change has reached it" if name else "there is none")
    if not (health := index.health()).ok:
        if name in _checked:
            # Made by a newer release meanwhile: this process is the one that is out of date.
            raise EngineUnavailable(health.detail)
        return _rebuilt(index, health.detail)
    _checked.add(name)
    try:
        return drain(index)
    except LostIndex as error:
        return _rebuilt(index, str(error))


def _rebuilt(index: Index, why: str) -> int:
    now = time.monotonic()
    if now < _not_before.get(index.place, 0.0):
        raise EngineUnavailable(f"{index.place}: {why}; the rebuild failed and waits a while")
    logger.warning("The search index (%s) is rebuilt: %s", index.place, why)
    _not_before[index.place] = now + PAUSE_SECONDS
    try:
        count = rebuild_index(index)
    except Busy:
        del _not_before[index.place]
        return 0
    del _not_before[index.place]
    _checked.add(index.live())
    return count


def needs_rebuild(index: Index) -> bool:
    """Whether there is no index, or one of another release, or one that missed changes."""
    return not is_known(index.live()) or not index.health().ok


def health() -> EngineHealth:
    """What the engine says, and whether every change reaches the indexes."""
    found, live = get_engine().health(), _live()
    known = set(SearchIndex.objects.filter(name__in=live).values_list("name", flat=True))
    if not found.ok or known.issuperset(live):
        return found
    lost = " and ".join(place for name, place in live.items() if name not in known)
    detail = f"{found.detail}; changes do not reach {lost} until it is rebuilt"
    return EngineHealth(bool(known), detail, degraded=True)


def waiting_since() -> datetime | None:
    """Since when a change waits for an index of this host that answers; None when none does."""
    return oldest_waiting(_live())


def _live() -> dict[str, str]:
    """Names of the live indexes of this host that can be asked, with their places."""
    found = {}
    for index in get_indexes():
        with contextlib.suppress(EngineUnavailable):
            found[index.live()] = index.place
    return found
