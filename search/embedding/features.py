"""What a text is made of for the embedder: stems, their beginnings, and keys across alphabets.

A stem is known in its own language only; its beginning meets derivations and compounds; its key
meets the same foreign word in other languages: энергия, enerji, energy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from home.languages.folding import skeleton
from search.analysis.text import prepare
from search.analysis.tokens import TOKEN, term

# Beginnings and keys say less than the stem itself.
PART_WEIGHT = 0.35
BEGINNING, SHORTEST_BEGUN = 5, 7
SHORTEST_KEY = 4


def features(text: str, language: str) -> dict[str, float]:
    """Weights of everything in a text, the sum over its words."""
    found: dict[str, float] = defaultdict(float)
    stems = Counter(term(word, language) for word in TOKEN.findall(prepare(text)))
    for stem, count in stems.items():
        if stem:
            for name, weight in stem_features(stem, language):
                found[name] += weight * count
    return found


def is_stem(name: str) -> bool:
    """True for the name of a whole stem, false for that of a part."""
    return name[2:3] == ":"


@lru_cache(maxsize=100_000)
def stem_features(stem: str, language: str) -> tuple[tuple[str, float], ...]:
    """The stem of one word and its parts, with what each weighs."""
    return ((f"{language}:{stem}", 1.0), *((part, PART_WEIGHT) for part in _parts(stem, language)))


def _parts(stem: str, language: str) -> Iterator[str]:
    if not stem.isalpha():
        return
    key = skeleton(stem)
    if len(key) >= SHORTEST_KEY:
        yield f"*:{key[:BEGINNING]}"
    if len(stem) >= SHORTEST_BEGUN:
        yield f"{language}~{stem[:BEGINNING]}"
