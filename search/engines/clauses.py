"""A text query as a small tree of clauses that each engine writes in its own words.

Both engines run the same tree, which is why they agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search.analysis import LANGUAGES, OTHER, Word
from search.engine import TextQuery

TITLE_BOOST, KEYWORD_BOOST, BODY_BOOST, PHRASE_BOOST = 4.0, 2.0, 1.0, 6.0
FIELD_BOOSTS = (("t", TITLE_BOOST), ("k", KEYWORD_BOOST), ("d", BODY_BOOST))
TITLE_ONLY = FIELD_BOOSTS[:1]
READER_BOOST, ALTERNATIVE_BOOST, SKELETON_BOOST, TIE = 1.3, 0.7, 0.7, 0.2
# A title that is what was typed comes before longer ones that hold it.
EXACT_SCORE = 20.0
# Before all others, and in their order whatever each is multiplied by.
FIRST_SCORE = 1_000_000.0
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
class Keys:
    """The documents with these keys; they score nothing."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Everything:
    """Matches every document."""


@dataclass(frozen=True)
class Nothing:
    """Matches no document."""


# Kinds of fields and how much each weighs.
Fields = tuple[tuple[str, float], ...]
Clause = Term | Prefix | Phrase | Best | Constant | Bool | Keys | Everything | Nothing


def clause(text: TextQuery, reader: str) -> Clause:
    """The tree for a query; ``reader`` is the language whose matches weigh more."""
    parts: list[Clause] = []
    if text.words:
        parts.append(_BY_MODE[text.mode](text, reader))
    parts += [_phrase_anywhere(phrase, reader) for phrase in text.phrases]
    alternatives = [_together(parts)] if parts else []
    alternatives += [_code(code) for code in text.codes]
    alternatives += [Keys(text.near)] if text.near else []
    main = _best(alternatives) if alternatives else Everything()
    if text.first:
        placed = enumerate(reversed(text.first), 1)
        main = _best([main, *(Constant(Keys((key,)), FIRST_SCORE * n) for n, key in placed)])
    if text.hidden:
        main = Bool(must=(main,), must_not=(Keys(text.hidden),))
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


def _languages(make: Callable[[str], Clause | None], reader: str) -> Clause:
    """``make(language)`` for every language that gives a clause; the reader's weighs more."""
    found: list[Clause] = []
    for language in (*LANGUAGES, OTHER):
        made = make(language)
        if made is not None:
            found.append(Best((made,), READER_BOOST) if language == reader else made)
    return _best(found)


def _fields(text: TextQuery) -> Fields:
    return TITLE_ONLY if text.mode == "title" else FIELD_BOOSTS


def _in_fields(value: str, language: str, fields: Fields = FIELD_BOOSTS) -> Clause:
    found = tuple(Term(f"{kind}_{language}", value, boost) for kind, boost in fields)
    return Best(found, tie=TIE)


def _all(text: TextQuery, reader: str) -> Clause:
    """Every word, or what means the same, in the fields of one language; titles as they are."""
    found = [_languages(lambda language: _in_language(text, language), reader)]
    folded = tuple(word.folded for word in text.words)
    if text.mode in {"all", "title"}:
        found.append(Constant(Term("exact", " ".join(folded)), EXACT_SCORE))
        if all(word.is_common for word in text.words):
            # Words too common for the texts of their language may still be a title: IT, A/B.
            found.append(Bool(must=tuple(Constant(Term("x", w), TITLE_BOOST) for w in folded)))
    return found[0] if len(found) == 1 else Best(tuple(found), tie=1.0)


def _in_language(text: TextQuery, language: str) -> Clause | None:
    """Every word in the fields of one language, near each other in the title if possible."""
    words, must = text.words, []
    last = words[-1] if text.mode == "prefix" else None
    spans = {(a.start, a.end) for a in text.alternatives if a.language == language}
    place = 0
    while place < len(words):
        span = max((end for start, end in spans if start == place), default=place + 1)
        own = [_one(text, at, language, last) for at in range(place, span)]
        literal = [part for part in own if part is not None]
        others = _others(text, place, span, language) if span > place + 1 else []
        if others:
            must.append(_best([*([_together(literal)] if literal else []), *others]))
        else:
            must += literal
        place = span
    if not must:
        return None
    values, gaps = _values(words[: -1 if last else None], language)
    near = Phrase(f"t_{language}", values, gaps + 1, PHRASE_BOOST)
    return Bool(must=tuple(must), should=(near,) if len(values) > 1 else ())


def _one(text: TextQuery, place: int, language: str, last: Word | None) -> Clause | None:
    """The word at ``place``, or another for it; None for one too common in this language."""
    word = text.words[place]
    if word is last and place == len(text.words) - 1:
        return _beginning(word, language)
    value = word.stem(language)
    if not value:
        return None
    others = _others(text, place, place + 1, language)
    own = _in_fields(value, language, _fields(text))
    return _best([own, *others]) if others else own


def _others(text: TextQuery, start: int, end: int, language: str) -> list[Clause]:
    """What means the same as these words in ``language``."""
    found = []
    for other in text.alternatives:
        if (other.start, other.end, other.language) == (start, end, language):
            phrase = _phrase_in(other.words, language, _fields(text))
            if phrase is not None:
                found.append(Best((phrase,), ALTERNATIVE_BOOST))
    return found


def _values(words: tuple[Word, ...], language: str) -> tuple[tuple[str, ...], int]:
    """Stems of the words and how many stop words stand between the first and the last of them."""
    stems = [word.stem(language) for word in words]
    kept = [place for place, value in enumerate(stems) if value]
    gaps = kept[-1] - kept[0] + 1 - len(kept) if kept else 0
    return tuple(stems[place] for place in kept), gaps


def _beginning(word: Word, language: str) -> Clause:
    """Titles hold their words unstemmed in ``x`` too, where a long beginning still fits."""
    found = [Prefix(f"{kind}_{language}", word.folded, boost) for kind, boost in FIELD_BOOSTS]
    return Best(
        (
            Prefix("code", word.folded.upper(), TITLE_BOOST),
            Prefix("x", word.folded, TITLE_BOOST),
            *found,
        )
    )


def _skeleton(text: TextQuery, reader: str) -> Clause:
    """Every word under one of the spellings it may have in another alphabet."""
    return Bool(must=tuple(_best([_key(key) for key in word.skeletons]) for word in text.words))


def _key(key: str) -> Clause:
    return Best((Term("st", key, TITLE_BOOST), Term("sk", key)), tie=TIE)


def _any(text: TextQuery, reader: str) -> Clause:
    """All words of one of the sets that are enough; more distinct words come first."""
    there = [_anywhere(text, place, reader) for place in range(len(text.words))]
    should = tuple(Bool(must=(Constant(found, WORD_SCORE), found)) for found in there)
    sets = tuple(
        Bool(must=tuple(Constant(there[place], 0.0) for place in enough)) for enough in text.enough
    )
    return Bool(must=(Bool(should=sets, least=1),), should=should)


def _anywhere(text: TextQuery, place: int, reader: str) -> Clause:
    """One word, or another for it, in any language, or as another alphabet writes it."""
    found = [_languages(lambda language: _one(text, place, language, None), reader)]
    if text.mode == "any":
        found += [Best((_key(k),), SKELETON_BOOST) for k in text.words[place].skeletons[:1]]
    return _best(found)


def _phrase_anywhere(words: tuple[Word, ...], reader: str) -> Clause:
    """The words one after the other in a title or body of any language."""
    return _languages(lambda language: _phrase_in(words, language), reader)


def _phrase_in(
    words: tuple[Word, ...], language: str, fields: Fields = FIELD_BOOSTS
) -> Clause | None:
    """The words one after the other in a field of one language."""
    values, gaps = _values(words, language)
    if len(values) < 2:
        return _in_fields(values[0], language, fields) if values else None
    found = (Phrase(f"{kind}_{language}", values, gaps, boost) for kind, boost in fields)
    return Best(tuple(found), tie=TIE)


_BY_MODE = {
    "all": _all,
    "title": _all,
    "prefix": _all,
    "skeleton": _skeleton,
    "any": _any,
    "known": _any,
}
