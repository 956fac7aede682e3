"""Known words for the words of a query that no document has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from home.languages.folding import fold, is_cyrillic
from home.languages.transliteration import to_cyrillic
from search.analysis import LANGUAGES, Word, analyse_words
from search.engine import Candidate, Engine

from .distance import distance

# Letters a word must have before it is taken for misspelt, and what it may be away by length.
SHORTEST = 3
_ALLOWED = ((4, 1.1), (7, 1.5), (99, 2.1))
CHOICES, COMBINATIONS = 5, 24
# A doubled letter written once, or the other way round.
SLIGHT = 0.5
# A word ten times as frequent may be this much further away.
_FREQUENCY = 0.12


@dataclass(frozen=True)
class Choice:
    """One or more known words for a typed one, and how far they are from it.

    ``slips``: slips for each letter typed; many in a short word make it another word.
    """

    words: tuple[Word, ...]
    cost: float
    slips: float = 0.0


def choices(engine: Engine, words: Sequence[Word], *, slight: bool = False) -> list[list[Choice]]:
    """The best known words for each of these, the nearest first; empty where none is near.

    ``slight``: only those that differ in a doubled letter.
    """
    spellings = [_spellings(word)[: 1 if slight else None] for word in words]
    stems = [[] if slight else _stems(word) for word in words]
    found = iter(
        engine.similar(
            [form for forms in spellings for form in forms],
            [stem for own in stems for stem in own],
        )
    )
    by_word = [[(form, next(found)) for form in forms] for forms in spellings]
    for place, own in enumerate(stems):
        by_word[place] += [(stem, next(found)) for stem in own]
    return [_best(near, SLIGHT if slight else math.inf) for near in by_word]


def _spellings(word: Word) -> list[str]:
    """The word, and what it is in the other alphabet if it was typed in the wrong one."""
    if len(word.folded) < SHORTEST or not word.folded.isalpha():
        return []
    if is_cyrillic(word.folded):
        return [word.folded]
    return [word.folded, fold(to_cyrillic(word.folded))]


def _stems(word: Word) -> list[str]:
    if len(word.folded) < SHORTEST or not word.folded.isalpha():
        return []
    own = dict.fromkeys(word.stem(language) for language in LANGUAGES)
    same = (stem for stem in own if is_cyrillic(stem) == is_cyrillic(word.folded))
    return [stem for stem in same if len(stem) >= SHORTEST]


def _best(near: list[tuple[str, list[Candidate]]], most: float) -> list[Choice]:
    costs: dict[str, tuple[float, float, Candidate]] = {}
    for typed, candidates in near:
        for candidate in candidates:
            away = distance(typed, candidate.term)
            # A stem that the typed one begins with is that of another word: source, welding.
            is_other = candidate.is_stem and typed.startswith(candidate.term)
            if is_other or away > min(most, _allowed(len(typed))):
                continue
            cost = away - _FREQUENCY * math.log10(1 + candidate.count)
            # A stem says less than a word that was really written.
            cost += 0.2 if candidate.is_stem else 0.0
            if candidate.term not in costs or cost < costs[candidate.term][0]:
                costs[candidate.term] = (cost, away / len(typed), candidate)
    ranked = sorted(costs.values(), key=lambda item: (item[0], item[2].term))
    return [Choice(_words(candidate), cost, slips) for cost, slips, candidate in ranked[:CHOICES]]


def _allowed(length: int) -> float:
    return next(most for longest, most in _ALLOWED if length <= longest)


def _words(candidate: Candidate) -> tuple[Word, ...]:
    if candidate.is_stem:
        return (Word.of_stem(candidate.term),)
    return tuple(analyse_words(candidate.term))


def combinations(words: Sequence[Word], chosen: dict[int, list[Choice]]) -> list[Choice]:
    """Whole queries with one choice for each misspelt word, the likeliest first."""
    options = [chosen.get(place) or [Choice((word,), 0.0)] for place, word in enumerate(words)]
    # Enough of each to fill the bound, so that long queries do not multiply.
    most = max(1, int(COMBINATIONS ** (1 / max(1, len(chosen)))))
    found = [
        Choice(
            tuple(word for choice in picked for word in choice.words),
            sum(choice.cost for choice in picked),
            max(choice.slips for choice in picked),
        )
        for picked in product(*(own[:most] for own in options))
    ]
    return sorted(found, key=lambda choice: choice.cost)[:COMBINATIONS]
