"""Questions and answers in Elasticsearch's words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from search.engine import (
    LONGEST_PAGE,
    WINDOW,
    Candidate,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Hit,
    Named,
    TextQuery,
)

from .clauses import (
    Best,
    Bool,
    Clause,
    Constant,
    Everything,
    Keys,
    Nothing,
    Phrase,
    Prefix,
    Term,
    clause,
)
from .elastic_mapping import vector_field
from .fields import LONGEST_BEGINNING, sort_field
from .wordlist import NEAREST, SHORTEST_FOR_TWO_EDITS

FACET_VALUES = 1000
STORED = ["stored"]
# More than are wanted: the graph of neighbours is searched by approximation.
NEIGHBOURS_LOOKED_AT = 200


def to_search(query: EngineQuery) -> Search:
    """The whole question as one request."""
    must = [_write(clause(query.text, query.language))] if query.text else []
    fixed = [Q("terms", type=list(query.types))] if query.types else []
    bounds = {"gte": query.start_from, "lte": query.start_to}
    if days := {name: day for name, day in bounds.items() if day is not None}:
        fixed.append(Q("range", start=days))
    chosen = {
        name: Q("terms", **{f"facets.{name}": list(values)})
        for name, values in query.filters.items()
        if values
    }
    whole = Q("bool", must=must or [Q("match_all")], filter=fixed)
    offset = max(0, min(query.offset, WINDOW))
    limit = max(0, min(query.limit, LONGEST_PAGE, WINDOW - offset))
    field = sort_field(query)
    order = [{field: "asc"}] if field else [{"_score": "desc"}, {"key": "asc"}]
    request = (
        Search()
        .query(Q("function_score", query=whole, field_value_factor={"field": "boost"}))
        .post_filter(Q("bool", filter=list(chosen.values())))
        .sort(*order)
        .extra(track_total_hits=True, stored_fields=STORED, **{"from": offset, "size": limit})
    )
    if query.count_types:
        request.aggs.bucket("types", A("global")).bucket(
            "text", A("filter", filter=Q("bool", must=must or [Q("match_all")]))
        ).bucket("values", "terms", field="type", size=FACET_VALUES)
    for name in query.facets:
        # A facet heeds every choice but its own.
        others = [found for other, found in chosen.items() if other != name]
        counted = A("filter", filter=Q("bool", filter=others))
        counted.bucket("values", "terms", field=f"facets.{name}", size=FACET_VALUES)
        request.aggs.bucket(f"facet_{name}", counted)
    return request


def to_result(query: EngineQuery, found: dict[str, Any]) -> EngineResult:
    """The answer to ``to_search``."""
    hits = [Hit(hit["_id"], hit["_score"] or 0.0, _stored(hit)) for hit in found["hits"]["hits"]]
    counted = found.get("aggregations", {})
    return EngineResult(
        found["hits"]["total"]["value"],
        tuple(hits),
        {name: _buckets(counted[f"facet_{name}"]) for name in query.facets},
        _buckets(counted["types"]["text"]) if query.count_types else {},
    )


def _stored(hit: dict[str, Any]) -> str:
    """EngineUnavailable for an index of another release, until the new one takes its place."""
    try:
        return hit["fields"]["stored"][0]
    except KeyError:
        raise EngineUnavailable("The search index is of another release.") from None


def _buckets(counted: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["values"]["buckets"]}


def to_count(texts: Sequence[TextQuery], types: tuple[str, ...]) -> Search:
    """How many documents each text matches, by its place."""
    fixed = [Q("terms", type=list(types))] if types else []
    wanted = {str(n): _write(clause(text, "")).to_dict() for n, text in enumerate(texts)}
    request = Search().query(Q("bool", filter=fixed)).extra(size=0, track_total_hits=False)
    request.aggs.bucket("texts", "filters", filters=wanted)
    return request


def to_named(words: Sequence[str], limit: int) -> Search:
    """Documents with title words that begin like each of these, popular ones first."""
    begun = [Q("term", ac=word[:LONGEST_BEGINNING]) for word in words]
    return (
        Search()
        .query(Q("bool", filter=begun))
        .sort({"boost": "desc"}, {"key": "asc"})
        .extra(size=limit, track_total_hits=False, stored_fields=STORED, docvalue_fields=["type"])
    )


def to_names(found: dict[str, Any]) -> list[Named]:
    """The answer to ``to_named``."""
    return [
        Named(hit["_id"], hit["fields"]["type"][0], json.loads(_stored(hit))["titles"])
        for hit in found["hits"]["hits"]
    ]


def to_knn(
    vector: Sequence[float], version: str, types: tuple[str, ...], limit: int
) -> dict[str, Any]:
    """The nearest vectors of one space among documents of these types."""
    fixed: list[dict[str, Any]] = [{"term": {"embedder": version}}]
    return {
        "field": vector_field(len(vector)),
        "query_vector": [float(number) for number in vector],
        "k": limit,
        "num_candidates": max(limit, NEIGHBOURS_LOOKED_AT),
        "filter": [*fixed, *([{"terms": {"type": list(types)}}] if types else [])],
    }


def to_suggest(words: Sequence[str], stems: Sequence[str]) -> dict[str, Any]:
    """Terms near each of these, by kind and place."""
    wanted = [("w", n, word) for n, word in enumerate(words)]
    wanted += [("ws", n, stem) for n, stem in enumerate(stems)]
    return {f"{field} {n}": _suggester(field, term) for field, n, term in wanted}


def _suggester(field: str, term: str) -> dict[str, Any]:
    term_options = {
        "field": field,
        "suggest_mode": "always",
        "max_edits": 2 if len(term) >= SHORTEST_FOR_TWO_EDITS else 1,
        "prefix_length": 0,
        "min_word_length": 1,
        "string_distance": "internal",
        "accuracy": 0.1,
        "size": NEAREST,
        "sort": "score",
    }
    return {"text": term, "term": term_options}


def candidates(
    found: dict[str, Any], words: Sequence[str], stems: Sequence[str]
) -> list[list[Candidate]]:
    """The answer to ``to_suggest``."""
    names = [*(f"w {n}" for n in range(len(words))), *(f"ws {n}" for n in range(len(stems)))]
    return [
        [
            Candidate(option["text"], option["freq"], name.startswith("ws"))
            for entry in found[name]
            for option in entry["options"]
        ]
        for name in names
    ]


def _write(node: Clause) -> Query:
    match node:
        case Term(field, value, boost):
            return Q("term", **{field: {"value": value, "boost": boost}})
        case Prefix(field, value, score):
            return Q("prefix", **{field: {"value": value, "boost": score}})
        case Phrase(field, values, slop, boost):
            words = {"query": " ".join(values), "analyzer": "whitespace"}
            return Q("match_phrase", **{field: {**words, "slop": slop, "boost": boost}})
        case Best(clauses, boost, tie):
            found = [_write(inner) for inner in clauses]
            return Q("dis_max", queries=found, tie_breaker=tie, boost=boost)
        case Constant(inner, score):
            return Q("constant_score", filter=_write(inner), boost=score)
        case Bool(must, should, must_not, least):
            parts = {"must": must, "should": should, "must_not": must_not}
            written = {name: [_write(inner) for inner in part] for name, part in parts.items()}
            return Q("bool", minimum_should_match=least, **written)
        case Keys(keys):
            return Q("constant_score", filter=Q("terms", key=list(keys)), boost=0.0)
        case Everything():
            return Q("match_all", boost=0.0)
        case Nothing():
            return Q("match_none")
