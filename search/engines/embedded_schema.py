"""Documents and queries in tantivy's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import tantivy
from tantivy import FieldType, Occur, Query

from search.embedding import vector_of
from search.engine import Document, EngineQuery, TextQuery

from . import fields
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
from .vectors import Row

_BASIC = {"index_option": "basic"}
# Names of tokenizers, and the fields that hold one term a line.
TERMS, LISTS = "terms", "lists"
LISTED = ("x", "ac", "sk", "st", "w", "ws")
# Stands where a stop word stood; no word is one.
GAP = "-"


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The fields of the index; ``fields`` says what they mean."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("type", stored=True, fast=True, tokenizer_name="raw", **_BASIC)
    for name in ("code", "exact"):
        builder.add_text_field(name, tokenizer_name="raw", **_BASIC)
    for name in LISTED:
        builder.add_text_field(name, tokenizer_name=LISTS, **_BASIC)
    for language in fields.TEXT_LANGUAGES:
        for prefix in ("t", "k", "d"):
            name = f"{prefix}_{language}"
            builder.add_text_field(name, tokenizer_name=TERMS, index_option="position")
    builder.add_bytes_field("stored", stored=True, indexed=False)
    for name in fields.SORT_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("start", indexed=True, fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", **_BASIC)
    return builder.build()


def tokenizers() -> dict[str, tantivy.TextAnalyzer]:
    """What an index must know before it is written: terms come analysed, only joined."""
    terms = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return {
        TERMS: terms.filter(tantivy.Filter.custom_stopword([GAP])).build(),
        LISTS: tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[^\n]+")).build(),
    }


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the index holds of a document, in plain values that another process may have made.

    ``texts``: by field, the terms of its words joined by spaces, GAP for a stop word. ``raw``: by
    field, whole terms. ``lists``: by field, terms one a line. ``values``: by field, what it is
    sorted by. ``vector``: of its meaning, after the version of the embedder it is of.
    """

    key: str
    texts: dict[str, str]
    raw: dict[str, list[str]]
    lists: dict[str, str]
    values: dict[str, str]
    facets: dict[str, list[str]]
    stored: str
    start: int | None
    weight: float
    vector: tuple[str, bytes] = ("", b"")

    @property
    def row(self) -> Row:
        """What the file of vectors holds of it."""
        return Row(self.key, self.raw["type"][0], *self.vector)

    def listed(self, field: str) -> list[str]:
        """The terms of a field in ``lists``."""
        return self.lists[field].split("\n") if self.lists[field] else []


def analyse(document: Document) -> Analysed:
    """The document after analysis, which is most of the work of indexing."""
    texts = fields.Texts.of(document)
    words, stems = fields.spellings(document, texts)
    titles = fields.title_words(document)
    lists = {
        "x": titles,
        "ac": fields.beginnings(titles),
        "sk": fields.skeleton_keys(texts),
        "st": fields.title_keys(texts),
        "w": words,
        "ws": stems,
    }
    return Analysed(
        document.key,
        {
            f"{kind}_{language}": " ".join([word.term or GAP for word in words])
            for kind, by_language in texts.kinds()
            for language, words in by_language.items()
        },
        {
            "type": [document.type],
            "code": [fields.code_key(document.code)] if document.code else [],
            "exact": fields.whole_titles(document),
        },
        {name: "\n".join(terms) for name, terms in lists.items()},
        fields.sort_values(document),
        {name: list(values) for name, values in document.facets.items()},
        fields.stored(document),
        document.start,
        # Scores are multiplied by log2(2 + weight).
        2 ** fields.boost(document) - 2,
        vector_of(document),
    )


def to_tantivy(made: Analysed) -> tantivy.Document:
    """The document as tantivy stores it; of the texts only the terms are kept."""
    document = tantivy.Document()
    document.add_text("key", made.key)
    for own in (made.texts, made.lists, made.values):
        for name, value in own.items():
            document.add_text(name, value)
    for name, values in made.raw.items():
        for value in values:
            document.add_text(name, value)
    if made.start is not None:
        document.add_integer("start", made.start)
    document.add_float("weight", made.weight)
    document.add_bytes("stored", made.stored.encode())
    document.add_json("facets", made.facets)
    return document


class Question:
    """A query in tantivy's words, with any one filter left out."""

    def __init__(self, query: EngineQuery) -> None:
        self._text = [(Occur.Must, written(query.text, query.language))] if query.text else []
        self._fixed = [_filter("type", query.types)] if query.types else []
        if query.start_from is not None or query.start_to is not None:
            low, high = query.start_from, query.start_to
            days = Query.range_query(schema(), "start", FieldType.Integer, low, high)
            self._fixed.append((Occur.Must, Query.const_score_query(days, 0.0)))
        self._filters = {
            name: _filter(f"facets.{name}", values)
            for name, values in query.filters.items()
            if values
        }

    def query(self, without: str = "") -> Query:
        """The whole question, leaving out the filter on the facet ``without``."""
        filters = [part for name, part in self._filters.items() if name != without]
        return _every([*self._text, *self._fixed, *filters])

    def text(self) -> Query:
        """The text alone."""
        return _every(self._text)


def _every(parts: list[tuple[Occur, Query]]) -> Query:
    return Query.boolean_query(parts) if parts else Query.all_query()


def written(text: TextQuery, language: str) -> Query:
    """A text query for readers of ``language``."""
    return _write(clause(text, language))


def of_types(text: TextQuery, types: tuple[str, ...]) -> Query:
    """What the text matches among documents of these types."""
    return _every([(Occur.Must, written(text, "")), *([_filter("type", types)] if types else [])])


def beginning(words: Sequence[str]) -> Query:
    """Documents with title words that begin like each of these."""
    terms = [Query.term_query(schema(), "ac", word[: fields.LONGEST_BEGINNING]) for word in words]
    return Query.boolean_query([(Occur.Must, term) for term in terms])


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
        case Keys(keys):
            found = Query.term_set_query(schema(), "key", list(keys))
            return Query.const_score_query(found, 0.0)
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
