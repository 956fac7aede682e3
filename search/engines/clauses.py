"""A text query as a small tree of clauses that each engine writes in its own words.

Both engines run the same tree, which is why they agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from search.analysis import Word
from search.analysis.tokens import LANGUAGES, OTHER
from search.engine import TextQuery

TITLE_BOOST, BODY_BOOST, PHRASE_BOOST = 4.0, 1.0, 6.0
READER_BOOST, TIE = 1.3, 0.2
CODE_BOOST, WORD_SCORE = 1000.0, 40.0


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
    boost: float = 1.0


@dataclass(frozen=True)
class Phrase:
    """Terms one after the other."""

    field: str
    values: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True)
class Best:
    """The best of several, plus a share of the others."""

    clauses: tuple[Clause, ...]
    boost: float = 1.0


@dataclass(frozen=True)
class Constant:
    """The same matches with one score."""

    clause: Clause
    score: float


@dataclass(frozen=True)
class Bool:
    """Must, should, must not; ``least`` of the should clauses when there is no must."""

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()
    least: int = 0


Clause = Term | Prefix | Phrase | Best | Constant | Bool


def clause(text: TextQuery, reader: str) -> Clause:
    """The tree for a query; ``reader`` is the language whose matches weigh more."""
    parts: list[Clause] = []
    if text.words:
        parts.append(_BY_MODE[text.mode](text.words, reader))
    parts += [_phrase_anywhere(phrase) for phrase in text.phrases]
    main: Clause = parts[0] if len(parts) == 1 else Bool(must=tuple(parts))
    if text.code:
        code = Constant(Term("code", text.code), CODE_BOOST)
        main = Bool(should=(code, main), least=1) if parts else code
    if text.excluded:
        banned = tuple(_anywhere(word) for word in text.excluded)
        main = Bool(must=(main,), must_not=banned)
    return main


def _boost(language: str, reader: str) -> float:
    return READER_BOOST if language == reader else 1.0


def _one(word: Word, language: str) -> Clause | None:
    value = dict(word.stems)[language]
    if not value:
        return None
    return Best(
        (Term(f"t_{language}", value, TITLE_BOOST), Term(f"d_{language}", value, BODY_BOOST))
    )


def _in_language(words: tuple[Word, ...], language: str, extra: Clause | None) -> Clause | None:
    """Every word in the fields of one language; None when all are stop words there."""
    must = [c for c in (_one(word, language) for word in words) if c is not None]
    if extra is not None:
        must.append(extra)
    if not must:
        return None
    stems = tuple(s for s in (dict(word.stems)[language] for word in words) if s)
    should = (Phrase(f"t_{language}", stems, PHRASE_BOOST),) if len(stems) > 1 else ()
    return Bool(must=tuple(must), should=should)


def _all(words: tuple[Word, ...], reader: str, extra: Clause | None = None) -> Clause:
    found = []
    for language in (*LANGUAGES, OTHER):
        inner = _in_language(words, language, extra)
        if inner is not None:
            found.append(Best((inner,), _boost(language, reader)))
    return Best(tuple(found)) if found else Bool(least=1)


def _prefix(words: tuple[Word, ...], reader: str) -> Clause:
    start = Prefix("x", words[-1].folded, 2.0)
    return _all(words[:-1], reader, start) if len(words) > 1 else start


def _skeleton(words: tuple[Word, ...], reader: str) -> Clause:
    must = [Term("sk", word.skeleton) for word in words[:-1]]
    last = words[-1].skeleton
    must.append(Best((Term("sk", last, 2.0), Prefix("sk", last))))
    return Bool(must=tuple(must))


def _anywhere(word: Word) -> Clause:
    """The word in any field of any language."""
    found = [c for c in (_one(word, language) for language in (*LANGUAGES, OTHER)) if c]
    return Best(tuple(found))


def _any(words: tuple[Word, ...], reader: str) -> Clause:
    """At least half of the words; a further distinct word outweighs any frequency."""
    should = []
    for word in words:
        there = _anywhere(word)
        if there.clauses:
            should.append(Bool(must=(Constant(there, WORD_SCORE), there)))
    return Bool(should=tuple(should), least=max(1, math.ceil(len(should) / 2)))


def _phrase_anywhere(phrase: tuple[Word, ...]) -> Clause:
    found: list[Clause] = []
    for language in (*LANGUAGES, OTHER):
        values = tuple(s for s in (dict(word.stems)[language] for word in phrase) if s)
        if values:
            found += [
                Phrase(f"t_{language}", values, TITLE_BOOST),
                Phrase(f"d_{language}", values, BODY_BOOST),
            ]
    return Best(tuple(found)) if found else Bool(least=1)


_BY_MODE = {"all": _all, "prefix": _prefix, "skeleton": _skeleton, "any": _any}
