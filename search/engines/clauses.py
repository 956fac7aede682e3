"""A text query as a small tree of clauses that each engine writes in its own words.

Both engines run the same tree, which is why they agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.analysis import LANGUAGES, OTHER, Word
from search.engine import TextQuery

TITLE_BOOST, BODY_BOOST, PHRASE_BOOST = 4.0, 1.0, 6.0
READER_BOOST, TIE = 1.3, 0.2
CODE_SCORE, CODE_PREFIX_SCORE = 20_000.0, 10_000.0
# One more distinct word outweighs anything that the frequency of words can add up to.
WORD_SCORE = 1000.0
SHORTEST_CODE_PREFIX = 3


@dataclass(frozen=True)
class Term:
    """An exact term in a field."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True)
class Prefix:
    """Any term of a field that begins so; scores a constant."""

    field: str
    value: str
    score: float = 1.0


@dataclass(frozen=True)
class Phrase:
    """Terms in this order with at most ``slop`` other words between them; two terms or more."""

    field: str
    values: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True)
class Best:
    """The best of several, plus a share of the others."""

    clauses: tuple[Clause, ...]
    boost: float = 1.0
    tie: float = 0.0


@dataclass(frozen=True)
class Constant:
    """The same matches with one score."""

    clause: Clause
    score: float


@dataclass(frozen=True)
class Bool:
    """All of ``must``, none of ``must_not``, at least ``least`` of ``should``."""

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()
    least: int = 0


@dataclass(frozen=True)
class Everything:
    """Matches every document."""


@dataclass(frozen=True)
class Nothing:
    """Matches no document."""


Clause = Term | Prefix | Phrase | Best | Constant | Bool | Everything | Nothing


def clause(text: TextQuery, reader: str) -> Clause:
    """The tree for a query; ``reader`` is the language whose matches weigh more."""
    parts: list[Clause] = []
    if text.words:
        parts.append(_BY_MODE[text.mode](text.words, reader))
    parts += [_phrase_anywhere(phrase, reader) for phrase in text.phrases]
    alternatives = [_together(parts)] if parts else []
    alternatives += [_code(code) for code in text.codes]
    main = _best(alternatives) if alternatives else Everything()
    if text.excluded:
        banned = tuple(_phrase_anywhere(words, reader) for words in text.excluded)
        main = Bool(must=(main,), must_not=banned)
    return main


def _together(parts: list[Clause]) -> Clause:
    return parts[0] if len(parts) == 1 else Bool(must=tuple(parts))


def _best(clauses: list[Clause], boost: float = 1.0, tie: float = 0.0) -> Clause:
    return Best(tuple(clauses), boost, tie) if clauses else Nothing()


def _code(code: str) -> Clause:
    exact = Constant(Term("code", code), CODE_SCORE)
    if len(code) >= SHORTEST_CODE_PREFIX and any(char.isdigit() for char in code):
        return Best((exact, Prefix("code", code, CODE_PREFIX_SCORE)))
    return exact


def _languages(make, reader: str) -> Clause:
    """``make(language)`` for every language that gives a clause; the reader's weighs more."""
    found: list[Clause] = []
    for language in (*LANGUAGES, OTHER):
        made = make(language)
        if made is not None:
            found.append(Best((made,), READER_BOOST) if language == reader else made)
    return _best(found)


def _in_fields(value: str, language: str) -> Clause:
    title = Term(f"t_{language}", value, TITLE_BOOST)
    return Best((title, Term(f"d_{language}", value, BODY_BOOST)), tie=TIE)


def _all(words: tuple[Word, ...], reader: str, last: Word | None = None) -> Clause:
    """Every word in the fields of one language, near each other in the title if possible.

    ``last``: a further word of which only the beginning is known.
    """

    def make(language: str) -> Clause | None:
        values, gaps = _values(words, language)
        must = [_in_fields(value, language) for value in values]
        if last is not None:
            must.append(_beginning(last, language))
        if not must:
            return None
        near = Phrase(f"t_{language}", values, gaps + 1, PHRASE_BOOST)
        return Bool(must=tuple(must), should=(near,) if len(values) > 1 else ())

    return _languages(make, reader)


def _values(words: tuple[Word, ...], language: str) -> tuple[tuple[str, ...], int]:
    """Stems of the words and how many stop words stand between the first and the last of them."""
    stems = [word.stem(language) for word in words]
    kept = [place for place, value in enumerate(stems) if value]
    gaps = kept[-1] - kept[0] + 1 - len(kept) if kept else 0
    return tuple(stems[place] for place in kept), gaps


def _prefix(words: tuple[Word, ...], reader: str) -> Clause:
    return _all(words[:-1], reader, last=words[-1])


def _beginning(word: Word, language: str) -> Clause:
    """Titles hold their words unstemmed in ``x`` too, where a long beginning still fits."""
    return Best(
        (
            Prefix("code", word.folded.upper(), TITLE_BOOST),
            Prefix("x", word.folded, TITLE_BOOST),
            Prefix(f"t_{language}", word.folded, TITLE_BOOST),
            Prefix(f"d_{language}", word.folded, BODY_BOOST),
        )
    )


def _skeleton(words: tuple[Word, ...], reader: str) -> Clause:
    """Every word under one of the spellings it may have in another alphabet."""
    must = [_best([Term("sk", key) for key in word.skeletons]) for word in words]
    return Bool(must=tuple(must))


def _any(words: tuple[Word, ...], reader: str) -> Clause:
    """At least half of the words; more distinct words come first."""
    should: list[Clause] = []
    for word in words:
        there = _phrase_anywhere((word,), reader)
        should.append(Bool(must=(Constant(there, WORD_SCORE), there)))
    return Bool(should=tuple(should), least=max(1, len(should) // 2))


def _phrase_anywhere(words: tuple[Word, ...], reader: str) -> Clause:
    """The words one after the other in a title or body of any language."""

    def make(language: str) -> Clause | None:
        values, gaps = _values(words, language)
        if len(values) < 2:
            return _in_fields(values[0], language) if values else None
        title = Phrase(f"t_{language}", values, gaps, TITLE_BOOST)
        return Best((title, Phrase(f"d_{language}", values, gaps, BODY_BOOST)), tie=TIE)

    return _languages(make, reader)


_BY_MODE = {"all": _all, "prefix": _prefix, "skeleton": _skeleton, "any": _any}
