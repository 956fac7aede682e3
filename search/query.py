"""What a typed query means, and the attempts made until something is found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from .analysis import Word, analyse_words
from .analysis.text import prepare
from .engine import Engine, EngineQuery, EngineResult, TextQuery
from .engines.fields import code_key
from .highlight import Marks

LONGEST_QUERY, MOST_WORDS, SHORTEST_PREFIX = 200, 20, 2
# An opening quotation mark, what is quoted, a closing one; or a run without white space.
_PART = re.compile(r'(-?)(?:["“”„«]([^"“”„«»]+)["“”»]|(\S+))')
_CODE = re.compile(r"(?=\S*[0-9])(?=\S*[^\W\d_])[\w./-]+")
_SPACES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True)
class ParsedQuery:
    """A query taken apart; phrases and exclusions hold at least one word each."""

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    excluded: tuple[tuple[Word, ...], ...] = ()
    codes: tuple[str, ...] = ()
    ends_in_word: bool = False

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to look for or to leave out."""
        return not (self.words or self.phrases or self.excluded or self.codes)


@dataclass(frozen=True)
class Found:
    """Results, the step that found them ("" for the query as it stands) and what to mark."""

    result: EngineResult
    step: str
    stems: Marks


def parse(text: str) -> ParsedQuery:
    """Read a query: "a phrase", -left -out, course codes and words; never raises."""
    words: list[Word] = []
    phrases: list[tuple[Word, ...]] = []
    excluded: list[tuple[Word, ...]] = []
    codes: list[str] = []
    room, ends_in_word = MOST_WORDS, False
    for minus, quoted, plain in _PART.findall(_clean(text)):
        found = tuple(analyse_words(quoted or plain)[:room])
        room -= len(found)
        ends_in_word = bool(found and plain and not minus)
        if not found:
            continue
        if minus:
            excluded.append(found)
        elif quoted and len(found) > 1:
            phrases.append(found)
        else:
            words.extend(found)
            codes += [code_key(plain)] if _CODE.fullmatch(plain) else []
    if not (phrases or excluded) and 1 < len(words) <= 3:
        # A code typed with a space: EGOV 101.
        codes += [key for key in [code_key(_clean(text))] if _CODE.fullmatch(key)]
    distinct = tuple(dict.fromkeys(codes))
    return ParsedQuery(tuple(words), tuple(phrases), tuple(excluded), distinct, ends_in_word)


def _clean(text: str) -> str:
    cut = text[:LONGEST_QUERY]
    spaced = (" " if unicodedata.category(c) in _SPACES and c != "\u00ad" else c for c in cut)
    return prepare("".join(spaced))[:LONGEST_QUERY]


def plan(parsed: ParsedQuery) -> list[tuple[str, TextQuery]]:
    """The attempts for a query, strictest first, each with the name of its step."""
    strict = TextQuery(
        words=parsed.words, phrases=parsed.phrases, excluded=parsed.excluded, codes=parsed.codes
    )
    steps = [("", strict)]
    if not parsed.words:
        return steps
    if parsed.ends_in_word and len(parsed.words[-1].folded) >= SHORTEST_PREFIX:
        steps.append(("prefix", replace(strict, mode="prefix")))
    steps.append(("skeleton", replace(strict, mode="skeleton")))
    loose = parsed.words + tuple(word for phrase in parsed.phrases for word in phrase)
    if len(loose) > 1:
        steps.append(("relaxed", replace(strict, words=loose, phrases=(), mode="any")))
    return steps


def find(engine: Engine, text: str, question: EngineQuery) -> Found:
    """Answer ``question`` for the typed ``text``: each step in turn until one has results.

    Without text, or with text that says nothing, the question is asked as it stands.
    """
    parsed = parse(text)
    if parsed.is_empty:
        return Found(engine.search(question), "", Marks())
    for step, query in plan(parsed):
        result = engine.search(replace(question, text=query))
        if result.total:
            return Found(result, step, _marks(parsed, step))
    return Found(result, "", Marks())


def _marks(parsed: ParsedQuery, step: str) -> Marks:
    words = [*parsed.words, *(word for phrase in parsed.phrases for word in phrase)]
    return Marks(
        stems=frozenset(stem for word in words for _language, stem in word.stems if stem),
        beginning=parsed.words[-1].folded if step == "prefix" else "",
        skeletons=frozenset(key for word in words for key in word.skeletons)
        if step == "skeleton"
        else frozenset(),
    )
