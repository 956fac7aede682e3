"""Reading the embedded index: one page of hits, and the counts of the facets."""

from __future__ import annotations

from typing import Any

import tantivy
from tantivy import Order

from search.engine import LONGEST_PAGE, WINDOW, EngineQuery, Hit

from .embedded_schema import Question
from .fields import key_in, sort_field

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
        return found.count, [Hit(key_in(value), 0.0) for value, _address in found.hits[:limit]]
    if offset + limit > TIED_WINDOW:
        found = searcher.search(whole, max(1, limit), offset=offset, weight_by_field="weight")
        return found.count, [_hit(searcher, *hit) for hit in found.hits[:limit]]
    found = searcher.search(whole, TIED_WINDOW, weight_by_field="weight")
    hits = [_hit(searcher, *hit) for hit in found.hits]
    hits.sort(key=lambda hit: (-hit.score, hit.key))
    return found.count, hits[offset : offset + limit]


def _hit(searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress) -> Hit:
    return Hit(searcher.doc(address)["key"][0], score)


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
