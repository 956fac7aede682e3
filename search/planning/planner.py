"""The attempts for a query, strictest first, until one has results; and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from search.analysis import Word
from search.engine import Engine, EngineQuery, EngineResult, TextQuery
from search.highlight import Marks

from .keyboard import readings
from .parsing import Expand, ParsedQuery, parse
from .relaxing import enough
from .spelling import SHORTEST, choices, combinations

SHORTEST_PREFIX = 2
# Longer words typed without a space are looked for as two.
SHORTEST_PAIR = 6


class Step(StrEnum):
    """How a query was understood in the end; part of the API, so the words stay."""

    STRICT = "strict"
    PREFIX = "prefix"
    KEYBOARD = "keyboard"
    ALPHABET = "alphabet"
    SPELLING = "spelling"
    RELAXED = "relaxed"


@dataclass(frozen=True)
class Found:
    """Results, the step that found them and what to mark.

    ``read_as``: the words that were looked for where they are others than those typed. ``missing``:
    typed words that no document has.
    """

    result: EngineResult
    step: Step = Step.STRICT
    marks: Marks = field(default_factory=Marks)
    read_as: tuple[Word, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Attempt:
    step: Step
    text: TextQuery
    read_as: tuple[Word, ...] = ()
    missing: tuple[str, ...] = ()


def _nothing(words: tuple[Word, ...]) -> tuple:
    return ()


def find(
    engine: Engine,
    text: str,
    question: EngineQuery,
    *,
    expand: Expand = _nothing,
    literal: bool = False,
) -> Found:
    """Answer ``question`` for the typed ``text``: each step in turn until one has results.

    Without text, or with text that says nothing, the question is asked as it stands. ``expand``
    gives other words for words; ``literal`` asks for what was typed and nothing else.
    """
    parsed = parse(text)
    if parsed.is_empty:
        return Found(engine.search(question))
    strict = _Attempt(Step.STRICT, parsed.text(expand=expand))
    result = engine.search(replace(question, text=strict.text))
    if result.total or literal or not parsed.words:
        return _found(result, strict)
    planner = _Planner(engine, question, expand, parsed)
    narrowed = any(question.filters.values()) or question.start_from is not None
    if narrowed and planner.first([strict]):
        # The words are there; it is the filters that leave nothing.
        return _found(result, strict)
    attempt = planner.attempt(text)
    if attempt is None:
        return replace(_found(result, strict), missing=planner.missing)
    return _found(engine.search(replace(question, text=attempt.text)), attempt)


class _Planner:
    """What to ask instead of a query that no document answers as it stands."""

    def __init__(
        self, engine: Engine, question: EngineQuery, expand: Expand, parsed: ParsedQuery
    ) -> None:
        self._engine, self._types, self._expand = engine, question.types, expand
        self._parsed = parsed
        self.missing: tuple[str, ...] = ()

    def attempt(self, typed: str) -> _Attempt | None:
        """The first attempt that has results; None when there is none."""
        found = self.first([*self._beginnings(), *self._readings(typed), *self._alphabets()])
        if found and found.step == Step.ALPHABET:
            # Keys across alphabets ignore doubled letters; those alone are a slip of the hand.
            return self._slightly_misspelt() or found
        return found or self._respelt()

    def first(self, attempts: list[_Attempt]) -> _Attempt | None:
        """The first of these that any document answers."""
        if not attempts:
            return None
        counts = self._engine.matches([attempt.text for attempt in attempts], self._types)
        return next((a for a, count in zip(attempts, counts, strict=True) if count), None)

    def _beginnings(self) -> Iterator[_Attempt]:
        """The last word as a beginning; then without the words that only ask."""
        parsed = self._parsed
        if parsed.ends_in_word and len(parsed.words[-1].folded) >= SHORTEST_PREFIX:
            yield _Attempt(Step.PREFIX, parsed.text("prefix", self._expand))
        if parsed.core != parsed:
            yield _Attempt(Step.RELAXED, parsed.core.text("all", self._expand))

    def _readings(self, typed: str) -> Iterator[_Attempt]:
        """What was typed on another keyboard layout."""
        for reading in readings(typed):
            parsed = parse(reading)
            if parsed.words:
                yield _Attempt(Step.KEYBOARD, parsed.text("all", self._expand), parsed.words)
                if len(parsed.words[-1].folded) > SHORTEST_PREFIX:
                    text = parsed.text("prefix", self._expand)
                    yield _Attempt(Step.KEYBOARD, text, parsed.words)

    def _alphabets(self) -> Iterator[_Attempt]:
        yield _Attempt(Step.ALPHABET, self._parsed.core.text("skeleton"))

    def _slightly_misspelt(self) -> _Attempt | None:
        words = self._parsed.core.words
        near = choices(self._engine, words, slight=True)
        return self._spelt(words, {n: own for n, own in enumerate(near) if own})

    def _respelt(self) -> _Attempt | None:
        """Known words for unknown ones; then as many of the words as say enough."""
        words = self._parsed.core.words
        counts = self._counts(words)
        total, known = counts[-1], counts[:-1]
        unknown = [n for n, count in enumerate(known) if not count]
        self.missing = tuple(words[n].folded for n in unknown)
        near = choices(self._engine, [words[n] for n in unknown])
        chosen = {n: own for n, own in zip(unknown, near, strict=True) if own}
        respelt = self._spelt(words, chosen) or self._written_apart(words, unknown)
        if respelt:
            return respelt
        corrected = list(words)
        for place, own in chosen.items():
            if len(own[0].words) == 1:
                corrected[place] = own[0].words[0]
        return self._relaxed(tuple(corrected), known, total, bool(chosen))

    def _spelt(self, words: tuple[Word, ...], chosen: dict) -> _Attempt | None:
        if not chosen:
            return None
        attempts = [
            _Attempt(Step.SPELLING, self._text(picked, "all"), picked)
            for _cost, picked in combinations(words, chosen)
        ]
        return self.first(attempts)

    def _written_apart(self, words: tuple[Word, ...], unknown: list[int]) -> _Attempt | None:
        """Two words typed as one, or one as two."""
        attempts = []
        for place in unknown:
            before, word, after = words[:place], words[place].folded, words[place + 1 :]
            if len(word) >= SHORTEST_PAIR and word.isalpha():
                for cut in range(2, len(word) - 1):
                    pair = parse(f"{word[:cut]} {word[cut:]}").words
                    text = replace(self._text((*before, *after), "all"), phrases=(pair,))
                    attempts.append(_Attempt(Step.SPELLING, text, (*before, *pair, *after)))
            if after:
                joined = parse(word + after[0].folded).words
                picked = (*before, *joined, *after[1:])
                attempts.append(_Attempt(Step.SPELLING, self._text(picked, "all"), picked))
            if before and len(word) + len(before[-1].folded) > SHORTEST:
                joined = parse(before[-1].folded + word).words
                picked = (*before[:-1], *joined, *after)
                attempts.append(_Attempt(Step.SPELLING, self._text(picked, "all"), picked))
        return self.first(attempts)

    def _relaxed(
        self, words: tuple[Word, ...], known: list[int], total: int, respelt: bool
    ) -> _Attempt | None:
        """As many of the words as possible, and at least those that say enough."""
        if respelt:
            known = self._counts(words)[:-1]
        sets = enough(words, known, total)
        text = replace(self._text(words, "any"), enough=sets)
        attempt = _Attempt(Step.RELAXED, text, words if respelt else (), self.missing)
        return self.first([attempt]) if sets else None

    def _counts(self, words: tuple[Word, ...]) -> list[int]:
        """How many documents have each word, or another for it; then how many there are."""
        whole = self._text(words, "any")
        texts = [replace(whole, enough=((place,),), phrases=()) for place in range(len(words))]
        return self._engine.matches([*texts, TextQuery()], self._types)

    def _text(self, words: tuple[Word, ...], mode: str) -> TextQuery:
        return replace(self._parsed, words=words).text(mode, self._expand)


def _found(result: EngineResult, attempt: _Attempt) -> Found:
    return Found(result, attempt.step, Marks.of(attempt.text), attempt.read_as, attempt.missing)
