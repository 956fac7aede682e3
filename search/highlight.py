"""Marks the words of a text that a query asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from home.languages.folding import APOSTROPHES, skeleton

from .analysis import OTHER
from .analysis.text import Places
from .analysis.tokens import TOKEN, folded_form, term
from .engine import TextQuery

_JOINS = frozenset(APOSTROPHES)


@dataclass(frozen=True)
class Marks:
    """What makes a word a match: its stem, how it begins, or its key across alphabets."""

    stems: frozenset[str] = frozenset()
    beginning: str = ""
    skeletons: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: TextQuery) -> Marks:
        """What the words of a query, and other words for them, are known by."""
        words = [*text.words, *(word for phrase in text.phrases for word in phrase)]
        stems = {stem for word in words for _language, stem in word.stems if stem}
        others = {w.stem(other.language) for other in text.alternatives for w in other.words}
        keys = (key for word in words for key in word.skeletons)
        return cls(
            stems=frozenset((stems | others) - {""}),
            beginning=text.words[-1].folded if text.mode == "prefix" else "",
            skeletons=frozenset(keys) if text.mode in {"skeleton", "any"} else frozenset(),
        )

    def beginning_in(self, language: str) -> _Beginnings:
        """Whether a word with a first letter may be a match at all."""
        known = not (self.beginning or self.skeletons)
        return _Beginnings(language, {stem[0] for stem in self.stems} if known else None)

    def match(self, word: str, language: str) -> bool:
        """True when a word of prepared text is to be marked."""
        found = term(word, language)
        if not found:
            return False
        if found in self.stems:
            return True
        if self.beginning and folded_form(word, OTHER).startswith(self.beginning):
            return True
        return bool(self.skeletons) and not self.skeletons.isdisjoint(
            (skeleton(word), skeleton(found))
        )


class _Beginnings(dict[str, bool]):
    """By first letter: folding and stemming keep it, so most words need neither to be left out.

    ``initials``: how matches begin; None for in any way.
    """

    def __init__(self, language: str, initials: set[str] | None) -> None:
        self._language, self._initials = language, initials

    def __missing__(self, letter: str) -> bool:
        own = self._initials
        self[letter] = own is None or not own.isdisjoint(_begins(letter, self._language))
        return self[letter]


@lru_cache(maxsize=4096)
def _begins(letter: str, language: str) -> frozenset[str]:
    """How a word that begins with the letter may do so in the index: Latin i in a Cyrillic word
    stands for another letter.
    """
    return frozenset(folded_form(letter + following, language)[:1] for following in ("", "а"))


def highlight(text: str, language: str, marks: Marks) -> list[tuple[str, bool]]:
    """``text`` in segments, each with whether it is a match; joined they are ``text`` again."""
    segments: list[tuple[str, bool]] = []
    last = 0
    for start, end in _matches(text, language, marks):
        if start > last:
            segments.append((text[last:start], False))
        segments.append((text[start:end], True))
        last = end
    if last < len(text):
        segments.append((text[last:], False))
    return segments


def _matches(text: str, language: str, marks: Marks) -> Iterator[tuple[int, int]]:
    """Spans of ``text`` that are to be marked."""
    if not (marks.stems or marks.beginning or marks.skeletons):
        return
    places, may = Places(text), marks.beginning_in(language)
    # What an apostrophe joins may be a word without its beginning.
    is_joined = not _JOINS.isdisjoint(places.prepared)
    for found in TOKEN.finditer(places.prepared):
        word = found.group()
        if (is_joined or may[word[0]]) and marks.match(word, language):
            yield places.original(*found.span())
