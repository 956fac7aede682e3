"""What to ask for a query that no title answers as it stands, one understanding after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from home.languages.folding import is_cyrillic
from home.languages.transliteration import to_cyrillic
from search.analysis import Word
from search.engine import Engine, EngineQuery, Near, TextQuery

from .fusing import neighbours
from .keyboard import readings
from .parsing import Expand, ParsedQuery, parse
from .relaxing import enough
from .spelling import SHORTEST, choices, combinations
from .steps import Attempt, Step

SHORTEST_PREFIX = 2
# Typed on another keyboard; shorter ones are abbreviations.
SHORTEST_BEGUN = 4
# Longer words typed without a space are looked for as two.
SHORTEST_PAIR = 6
# Words that stand together in a title are what was meant, even if they are this much further away.
IN_TITLE = 0.6
# Slips for each letter that a word may have when no title has it.
SLIPS = 0.17
# Typed in letters or on keys of another language: the words mean nothing as they stand.
_FOREIGN = {Step.KEYBOARD, Step.ALPHABET}


def _cyrillic(word: Word) -> Word:
    """A word of Latin letters as Russian or Kazakh would write it; any other as it is."""
    if not word.folded.isalpha() or is_cyrillic(word.folded):
        return word
    return parse(to_cyrillic(word.folded)).words[0]


class Planner:
    """What to ask instead of a query that no document answers as it stands."""

    def __init__(
        self, engine: Engine, question: EngineQuery, expand: Expand, parsed: ParsedQuery
    ) -> None:
        self._engine, self._types, self._expand = engine, question.types, expand
        self._question = question
        self._parsed = parsed
        self.missing: tuple[str, ...] = ()
        self._total = 0

    def attempt(self, typed: str) -> Attempt | None:
        """The first attempt that has results; None when there is none."""
        if found := self.first([*self._beginnings(), *self._readings(typed)]):
            return found
        words = self._parsed.core.words
        *known, self._total = self._counts(words)
        unknown = [place for place, count in enumerate(known) if not count]
        self.missing = tuple(words[place].folded for place in unknown)
        # Where every word is known as it stands, nobody meant another alphabet.
        if unknown and (found := self.first(list(self._alphabets(unknown)))):
            # Keys across alphabets ignore doubled letters; those alone are a slip of the hand.
            return self._slightly_misspelt() or found
        return self._respelt(words, known, unknown)

    def first(self, attempts: list[Attempt]) -> Attempt | None:
        """The first of these that any document answers."""
        if not attempts:
            return None
        counts = self._engine.matches([attempt.text for attempt in attempts], self._types)
        return next((a for a, count in zip(attempts, counts, strict=True) if count), None)

    @property
    def may_fuse(self) -> bool:
        """Where the words leave room for other entries, and those have a place in the order."""
        parsed, by_relevance = self._parsed, self._question.sort == "relevance"
        return by_relevance and not (parsed.phrases or parsed.excluded or parsed.codes)

    def is_weak(self, attempt: Attempt) -> bool:
        """True when no title has all the words, or others for them."""
        texts = [replace(attempt.text, mode="title")]
        return not self._engine.matches(texts, self._types)[0]

    def neighbours(self, attempt: Attempt | None, typed: str) -> list[Near]:
        """Entries about the same, where the words alone do not find what is surely meant."""
        if attempt and (attempt.step in _FOREIGN or not self.may_fuse):
            return []
        if attempt and attempt.step != Step.STRICT and not self.is_weak(attempt):
            return []
        read_as = attempt.read_as if attempt else ()
        words = " ".join(word.folded for word in read_as) or typed
        return neighbours(self._engine, words, self._question)

    def _beginnings(self) -> Iterator[Attempt]:
        """The last word as a beginning; then without the words that only ask."""
        parsed = self._parsed
        if parsed.ends_in_word and len(parsed.words[-1].folded) >= SHORTEST_PREFIX:
            yield Attempt(Step.PREFIX, parsed.text("prefix", self._expand))
        if parsed.core != parsed:
            yield Attempt(Step.RELAXED, parsed.core.text("all", self._expand))

    def _readings(self, typed: str) -> Iterator[Attempt]:
        """What was typed on another keyboard layout."""
        for reading in readings(typed):
            parsed = parse(reading)
            if parsed.words:
                yield Attempt(Step.KEYBOARD, parsed.text("all", self._expand), parsed.words)
                if len(parsed.words[-1].folded) >= SHORTEST_BEGUN:
                    text = parsed.text("prefix", self._expand)
                    yield Attempt(Step.KEYBOARD, text, parsed.words)

    def _alphabets(self, unknown: list[int]) -> Iterator[Attempt]:
        """Latin letters as Russian and Kazakh write them; then keys that all alphabets share."""
        words = self._parsed.core.words
        for places in (range(len(words)), unknown):
            cyrillic = tuple(
                _cyrillic(word) if place in places else word for place, word in enumerate(words)
            )
            if cyrillic != words:
                yield Attempt(Step.ALPHABET, self._text(cyrillic, "all"), cyrillic)
        yield Attempt(Step.ALPHABET, self._parsed.core.text("skeleton"))

    def _slightly_misspelt(self) -> Attempt | None:
        words = self._parsed.core.words
        near = choices(self._engine, words, slight=True)
        return self._spelt(words, {n: own for n, own in enumerate(near) if own})

    def _respelt(
        self, words: tuple[Word, ...], known: list[int], unknown: list[int]
    ) -> Attempt | None:
        """Known words for unknown ones; then as many of the words as say enough."""
        near = choices(self._engine, [words[n] for n in unknown])
        chosen = {n: own for n, own in zip(unknown, near, strict=True) if own}
        if found := self._spelt(words, chosen) or self._written_apart(words, unknown):
            return found
        corrected = list(words)
        for place, own in chosen.items():
            if len(own[0].words) == 1 and own[0].slips <= SLIPS:
                corrected[place] = own[0].words[0]
        respelt = tuple(corrected) != words
        return self._relaxed(tuple(corrected), known, respelt)

    def _spelt(self, words: tuple[Word, ...], chosen: dict) -> Attempt | None:
        if not chosen:
            return None
        likely = combinations(words, chosen)
        texts = [self._text(choice.words, "all") for choice in likely]
        titles = [replace(text, mode="title") for text in texts]
        counts = self._engine.matches([*texts, *titles], self._types)
        found = [
            (choice.cost - (IN_TITLE if in_title else 0.0), place)
            for place, (choice, count, in_title) in enumerate(
                zip(likely, counts[: len(texts)], counts[len(texts) :], strict=True)
            )
            if in_title or (count and choice.slips <= SLIPS)
        ]
        if not found:
            return None
        best = min(found)[1]
        return Attempt(Step.SPELLING, texts[best], likely[best].words)

    def _written_apart(self, words: tuple[Word, ...], unknown: list[int]) -> Attempt | None:
        """Two words typed as one, or one as two."""
        attempts = []
        for place in unknown:
            before, word, after = words[:place], words[place].folded, words[place + 1 :]
            if len(word) >= SHORTEST_PAIR and word.isalpha():
                for cut in range(2, len(word) - 1):
                    pair = parse(f"{word[:cut]} {word[cut:]}").words
                    text = replace(self._text((*before, *after), "all"), phrases=(pair,))
                    attempts.append(Attempt(Step.SPELLING, text, (*before, *pair, *after)))
            if after:
                joined = parse(word + after[0].folded).words
                picked = (*before, *joined, *after[1:])
                attempts.append(Attempt(Step.SPELLING, self._text(picked, "all"), picked))
            if before and len(word) + len(before[-1].folded) > SHORTEST:
                joined = parse(before[-1].folded + word).words
                picked = (*before[:-1], *joined, *after)
                attempts.append(Attempt(Step.SPELLING, self._text(picked, "all"), picked))
        return self.first(attempts)

    def _relaxed(self, words: tuple[Word, ...], known: list[int], respelt: bool) -> Attempt | None:
        """As many of the words as possible, and at least those that say enough."""
        if respelt:
            known = self._counts(words)[:-1]
        sets = enough(words, known, self._total, self._question.language)
        text = replace(self._text(words, "any"), enough=sets)
        attempt = Attempt(Step.RELAXED, text, words if respelt else (), self.missing)
        return self.first([attempt]) if sets else None

    def _counts(self, words: tuple[Word, ...]) -> list[int]:
        """How many documents have each word, or another for it; then how many there are."""
        whole = self._text(words, "known")
        texts = [replace(whole, enough=((place,),), phrases=()) for place in range(len(words))]
        return self._engine.matches([*texts, TextQuery()], self._types)

    def _text(self, words: tuple[Word, ...], mode: str) -> TextQuery:
        return replace(self._parsed, words=words).text(mode, self._expand)
