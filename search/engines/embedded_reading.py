"""Reading the embedded index: one page of hits, and the counts of the facets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Order

from search.engine import LONGEST_PAGE, WINDOW, EngineQuery, Hit

from .embedded_schema import Question
from .fields import sort_field

# Equal scores are put in the order of their keys as far down as people look.
TIED_WINDOW = 200
FACET_VALUES = 1000


def hits_of(
    searcher: tantivy.Searcher, query: EngineQuery, whole: tantivy.Query
) -> tuple[int, list[Hit]]:
    field = sort_field(query)
    offset = max(0, query.offset)
    limit = max(0, min(query.limit, LONGEST_PAGE, WINDOW - offset))
    if field:
        found = searcher.search(
            whole, max(1, limit), order_by_field=field, order=Order.Asc, offset=offset
        )
        return found.count, [_hit(searcher, 0.0, place) for _value, place in found.hits[:limit]]
    if offset + limit > TIED_WINDOW:
        found = searcher.search(whole, max(1, limit), offset=offset, weight_by_field="weight")
        return found.count, [_hit(searcher, *hit) for hit in found.hits[:limit]]
    found = searcher.search(whole, TIED_WINDOW, weight_by_field="weight")
    return found.count, _page(searcher, found.hits, offset, offset + limit)


def _page(
    searcher: tantivy.Searcher,
    found: Sequence[tuple[float, tantivy.DocAddress]],
    first: int,
    last: int,
) -> list[Hit]:
    """Hits ``first`` to ``last``; only they are read, and those of the same score around them."""
    if first >= min(last, len(found)):
        return []
    scores = [score for score, _place in found]
    begin = scores.index(scores[first])
    end = len(scores) - scores[::-1].index(scores[min(last, len(scores)) - 1])
    hits = [_hit(searcher, *hit) for hit in found[begin:end]]
    hits.sort(key=lambda hit: (-hit.score, hit.key))
    return hits[first - begin : last - begin]


def _hit(searcher: tantivy.Searcher, score: float, place: tantivy.DocAddress) -> Hit:
    document = searcher.doc(place)
    return Hit(document["key"][0], score, document["stored"][0])


def facets_of(
    searcher: tantivy.Searcher, query: EngineQuery, question: Question
) -> dict[str, dict[str, int]]:
    """Counts of the wanted facets; one that is filtered by is counted without its own filter."""
    filtered = [name for name in query.facets if query.filters.get(name)]
    groups = [(name, [name]) for name in filtered]
    if rest := [name for name in query.facets if name not in filtered]:
        groups.append(("", rest))
    found: dict[str, dict[str, int]] = {}
    for without, names in groups:
        wanted = {
            name: {"terms": {"field": f"facets.{name}", "size": FACET_VALUES}} for name in names
        }
        counts = searcher.aggregate(question.query(without), wanted)
        found |= {name: _buckets(counts[name]) for name in names}
    return found


def types_of(searcher: tantivy.Searcher, question: Question) -> dict[str, int]:
    wanted = {"type": {"terms": {"field": "type", "size": FACET_VALUES}}}
    return _buckets(searcher.aggregate(question.text(), wanted)["type"])


def _buckets(counts: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counts["buckets"]}
