"""Documents and queries in tantivy's words."""

from __future__ import annotations

from functools import lru_cache

import tantivy
from tantivy import FieldType, Occur, Query

from search.analysis import tokens
from search.engine import Document, EngineQuery

from . import fields
from .clauses import Best, Bool, Clause, Constant, Everything, Nothing, Phrase, Prefix, Term, clause


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The fields of the index; ``fields`` says what they mean."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("type", "code", "x", "sk"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for language in fields.TEXT_LANGUAGES:
        builder.add_text_field(f"t_{language}", tokenizer_name="raw", index_option="position")
        builder.add_text_field(f"d_{language}", tokenizer_name="raw", index_option="position")
    for name in fields.SORT_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("start", indexed=True, fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def to_tantivy(document: Document) -> tantivy.Document:
    """The document as tantivy stores it, with the tokens of our own analysis."""
    made = tantivy.Document()
    made.add_text("key", document.key)
    made.add_text("type", document.type)
    if document.code:
        made.add_text("code", fields.code_key(document.code))
    for prefix, texts in (("t", document.titles), ("d", document.bodies)):
        for language, text in fields.by_field(texts).items():
            made.add_pre_tokenized_text(f"{prefix}_{language}", _tokenised(text, language))
    for word in fields.title_words(document):
        made.add_text("x", word)
    for key in fields.skeleton_keys(document):
        made.add_text("sk", key)
    for name, value in fields.sort_values(document).items():
        made.add_text(name, value)
    if document.start is not None:
        made.add_integer("start", document.start)
    # Scores are multiplied by log2(2 + weight).
    made.add_float("weight", 2 ** fields.boost(document) - 2)
    made.add_json("facets", {name: list(values) for name, values in document.facets.items()})
    return made


def _tokenised(text: str, language: str) -> tantivy.PreTokenizedString:
    # The text itself and its offsets are not needed: highlighting is done in Python.
    found = [tantivy.Token(token.text, token.position, 0, 0) for token in tokens(text, language)]
    return tantivy.PreTokenizedString("", found)


class Question:
    """A query in tantivy's words, with any one filter left out."""

    def __init__(self, query: EngineQuery) -> None:
        self._parts: list[tuple[Occur, Query]] = []
        if query.text is not None:
            self._parts.append((Occur.Must, _write(clause(query.text, query.language))))
        if query.types:
            self._parts.append(_filter("type", query.types))
        if query.start_from is not None or query.start_to is not None:
            low, high = query.start_from, query.start_to
            days = Query.range_query(schema(), "start", FieldType.Integer, low, high)
            self._parts.append((Occur.Must, Query.const_score_query(days, 0.0)))
        self._filters = {
            name: _filter(f"facets.{name}", values)
            for name, values in query.filters.items()
            if values
        }

    def query(self, without: str = "") -> Query:
        """The whole question, leaving out the filter on the facet ``without``."""
        filters = [part for name, part in self._filters.items() if name != without]
        parts = self._parts + filters
        return Query.boolean_query(parts) if parts else Query.all_query()


def _filter(field: str, values: tuple[str, ...]) -> tuple[Occur, Query]:
    found = Query.term_set_query(schema(), field, list(values))
    return Occur.Must, Query.const_score_query(found, 0.0)


def _write(node: Clause) -> Query:
    match node:
        case Term(field, value, boost):
            return _boosted(Query.term_query(schema(), field, value), boost)
        case Prefix(field, value, score):
            # Without any edit allowed this is a plain prefix, and much cheaper than a pattern.
            found = Query.fuzzy_term_query(schema(), field, value, 0, False, prefix=True)
            return Query.const_score_query(found, score)
        case Phrase(field, values, slop, boost):
            return _boosted(Query.phrase_query(schema(), field, list(values), slop), boost)
        case Best(clauses, boost, tie):
            found = [_write(inner) for inner in clauses]
            best = found[0] if len(found) == 1 else Query.disjunction_max_query(found, tie)
            return _boosted(best, boost)
        case Constant(inner, score):
            return Query.const_score_query(_write(inner), score)
        case Bool():
            return _bool(node)
        case Everything():
            return Query.const_score_query(Query.all_query(), 0.0)
        case Nothing():
            return Query.empty_query()


def _bool(node: Bool) -> Query:
    parts = [(Occur.Must, _write(inner)) for inner in node.must]
    parts += [(Occur.Should, _write(inner)) for inner in node.should]
    parts += [(Occur.MustNot, _write(inner)) for inner in node.must_not]
    return Query.boolean_query(parts, node.least or None)


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)
