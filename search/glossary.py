"""Other words for the words of a query, by the concepts of the glossary, in every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from home import concepts

from .analysis import LANGUAGES, OTHER, Word, analyse_words
from .analysis.text import prepare
from .analysis.tokens import TOKEN, folded_form
from .analysis.tokens import term as stemmed
from .engine import Alternative

MOST_ALTERNATIVES = 60
LONGEST_TERM = 8
# A short word means something in too many languages; it is read in the reader's first.
SHORT = 3

Stems = tuple[str, ...]


class _Glossary:
    """Concepts by the stems of their terms; built once for each state of the glossary."""

    def __init__(self) -> None:
        self.terms: list[list[tuple[str, str]]] = []
        self.by_stems: dict[tuple[str, Stems], set[int]] = defaultdict(set)
        self.longest = 1
        for number, concept in enumerate(concepts.concepts()):
            self.terms.append([])
            for term in concept.terms:
                forms = _forms(term.text, term.language)
                if term.language in LANGUAGES and forms:
                    self.terms[number].append((term.language, term.text))
                    self.by_stems[term.language, _key(forms)].add(number)
                    self.longest = max(self.longest, len(forms))


def _forms(text: str, language: str) -> list[tuple[str, str]]:
    """Stem and folded form of each word of a term; all that its key is made of."""
    words = TOKEN.findall(prepare(text))[:LONGEST_TERM]
    return [(stemmed(word, language), folded_form(word, OTHER)) for word in words]


@lru_cache(maxsize=10_000)
def _words(text: str) -> tuple[Word, ...]:
    """The words of a term, once a query needs them: to know them in every language takes time."""
    return tuple(analyse_words(text))[:LONGEST_TERM]


def _key(forms: list[tuple[str, str]]) -> Stems:
    """Stems without the stop words between them; one at the rim stays as it is: IT, IT staff."""
    rim = {0, len(forms) - 1}
    return tuple(
        stem or folded for place, (stem, folded) in enumerate(forms) if stem or place in rim
    )


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
        key = _key([(word.stem(language), word.folded) for word in words])
        if numbers := glossary.by_stems.get((language, key)):
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
        for language, text in glossary.terms[number]:
            words = _words(text)
            if tuple(word.folded for word in words) != said:
                yield Alternative(start, end, language, words)


@lru_cache(maxsize=2)
def _glossary(version: tuple[int, str]) -> _Glossary:
    return _Glossary()
