"""Marks the words of a text that a query asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

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

    @cached_property
    def initials(self) -> frozenset[str]:
        """How every match begins; empty where that is not known."""
        if self.beginning or self.skeletons:
            return frozenset()
        return frozenset(stem[0] for stem in self.stems)

    def match(self, word: str, language: str) -> bool:
        """True when a word of prepared text is to be marked."""
        if self._begins_otherwise(word, language):
            return False
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

    def _begins_otherwise(self, word: str, language: str) -> bool:
        """Folding and stemming keep the first letter: most words need neither to be told apart."""
        if not self.initials or not _JOINS.isdisjoint(word):
            return False
        return self.initials.isdisjoint(_begins(word[0], language))


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
    places = Places(text)
    for found in TOKEN.finditer(places.prepared):
        if marks.match(found.group(), language):
            yield places.original(*found.span())
