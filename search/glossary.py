"""Other words for the words of a query, by the concepts of the glossary, in every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from home import concepts

from .analysis import LANGUAGES, Word, analyse_words
from .engine import Alternative

MOST_ALTERNATIVES = 60
LONGEST_TERM = 8
# A short word means something in too many languages; it is read in the reader's first.
SHORT = 3

Stems = tuple[str, ...]


class _Glossary:
    """Concepts by the stems of their terms; built once for each state of the glossary."""

    def __init__(self) -> None:
        self.terms: list[list[tuple[str, tuple[Word, ...]]]] = []
        self.by_stems: dict[tuple[str, Stems], set[int]] = defaultdict(set)
        self.longest = 1
        for number, concept in enumerate(concepts.concepts()):
            self.terms.append([])
            for term in concept.terms:
                words = tuple(analyse_words(term.text))[:LONGEST_TERM]
                if term.language not in LANGUAGES or not words:
                    continue
                self.terms[number].append((term.language, words))
                self.by_stems[term.language, _key(words, term.language)].add(number)
                self.longest = max(self.longest, len(words))


def _key(words: tuple[Word, ...], language: str) -> Stems:
    """Stems without the stop words between them; one at the rim stays as it is: IT, IT staff."""
    stems = [word.stem(language) for word in words]
    rim = {0, len(words) - 1}
    both = enumerate(zip(stems, words, strict=True))
    return tuple(stem or word.folded for place, (stem, word) in both if stem or place in rim)


def alternatives(words: tuple[Word, ...], reader: str) -> tuple[Alternative, ...]:
    """What else may stand for the words: longest terms first, none that overlap a longer one.

    A single word inside a longer term keeps its own alternatives.
    """
    if not words:
        return ()
    glossary = _glossary(concepts.version())
    if not glossary.terms:
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Alternative] = []
    for start, end in _spans(len(words), glossary.longest):
        is_phrase = end - start > 1
        if is_phrase and any(start < b and a < end for a, b in taken):
            continue
        numbers = _meanings(glossary, words[start:end], reader)
        if numbers:
            taken += [(start, end)] if is_phrase else []
            found += _others(glossary, numbers, start, end, words[start:end])
    return tuple(dict.fromkeys(found))[:MOST_ALTERNATIVES]


def _spans(count: int, longest: int) -> Iterator[tuple[int, int]]:
    for length in range(min(count, longest), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _meanings(glossary: _Glossary, words: tuple[Word, ...], reader: str) -> set[int]:
    """Concepts that the words are a term of, in the reader's language if they are one there."""
    by_language: dict[str, set[int]] = {}
    for language in LANGUAGES:
        if numbers := glossary.by_stems.get((language, _key(words, language))):
            by_language[language] = numbers
    is_short = len(words) == 1 and len(words[0].folded) <= SHORT
    if is_short and reader in by_language:
        return by_language[reader]
    return set().union(*by_language.values())


def _others(
    glossary: _Glossary, numbers: set[int], start: int, end: int, own: tuple[Word, ...]
) -> Iterator[Alternative]:
    said = tuple(word.folded for word in own)
    for number in sorted(numbers):
        for language, words in glossary.terms[number]:
            if tuple(word.folded for word in words) != said:
                yield Alternative(start, end, language, words)


@lru_cache(maxsize=2)
def _glossary(version: tuple[int, str]) -> _Glossary:
    return _Glossary()
