"""Which of a query's words are enough when no document has them all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from search.analysis import Word

from .fillers import FILLERS, says_little

# Of what a query says, this share must be found: more when it is a single word that is found.
SHARE, SHARE_OF_ONE = 0.45, 0.6
MOST_WORDS = 7
# More words than this make a sentence.
SENTENCE = 3
# What a word says at least that no document has: as much as one that every twentieth has, in a
# small index as much as one that a single document has.
UNKNOWN = 3.0


def weights(words: Sequence[Word], counts: Sequence[int], total: int, reader: str) -> list[float]:
    """How much each word says: nothing if it is too common, most if few documents have it.

    A word that no document has says as much as the one that says most, or nothing if it is a
    number or only tells what somebody did.
    """
    known = [
        0.0 if _says_nothing(word, reader, len(words)) else _said(count, total)
        for word, count in zip(words, counts, strict=True)
    ]
    least = min(UNKNOWN, _said(1, total))
    most = max([least, *(said for said, count in zip(known, counts, strict=True) if count)])
    return [
        said if count else 0.0 if says_little(word.folded) else min(said, most)
        for word, said, count in zip(words, known, counts, strict=True)
    ]


def _said(count: int, total: int) -> float:
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _says_nothing(word: Word, reader: str, count: int) -> bool:
    """A stop word of the reader's language; in a whole sentence, of any: it may be in another."""
    is_common = word.is_common if count > SENTENCE else not word.stem(reader)
    return is_common or word.folded in FILLERS


def enough(
    words: Sequence[Word], counts: Sequence[int], total: int, reader: str
) -> tuple[tuple[int, ...], ...]:
    """The smallest sets of known words that say enough of the query; none when all say too little.

    ``counts``: documents that have each word; ``total``: documents there are.
    """
    said = weights(words, counts, total, reader)
    whole = sum(said)
    if not whole:
        return ()
    known = [place for place in range(len(words)) if counts[place] and said[place]]
    known = sorted(known, key=lambda place: -said[place])[:MOST_WORDS]
    found: list[tuple[int, ...]] = []
    for size in range(1, len(known) + 1):
        share = SHARE_OF_ONE if size == 1 else SHARE
        for chosen in combinations(known, size):
            if sum(said[place] for place in chosen) < share * whole:
                continue
            if not any(set(smaller) <= set(chosen) for smaller in found):
                found.append(chosen)
    return tuple(found)
