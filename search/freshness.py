"""Which entries the index may not speak for: their changes still wait to be written into it."""

from __future__ import annotations

from home.cache import kept

from .engines import get_indexes
from .models import OutboxEntry, SearchIndex

# With more waiting than this, an import say, results are read from the tables altogether.
MOST = 500


@kept
def waiting() -> frozenset[str] | None:
    """Keys of entries whose documents are older than the tables; None when it may be any.

    To be asked before the index is: what does not wait then, the index holds. Every change that is
    stored raises the content version in its own transaction, so what was found under one version
    holds as long as that does; what is written meanwhile is read from the tables in vain.
    """
    if not _changes_reach_it():
        return None
    rows = OutboxEntry.objects.values_list("key", flat=True).distinct()
    keys = frozenset(rows.order_by()[: MOST + 1])
    shared = any(key.startswith("locale:") for key in keys)
    return None if len(keys) > MOST or shared else keys


def _changes_reach_it() -> bool:
    """Whether the index on this host gets all changes: one whose worker stood still for days is
    forgotten, and so is what waited for it.
    """
    own = [index.live() for index in get_indexes() if index.folder]
    return SearchIndex.objects.filter(name__in=own).count() == len(own)
