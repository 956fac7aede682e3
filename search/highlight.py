"""Marks the words of a text that a query asked for."""

from __future__ import annotations

from dataclasses import dataclass

from home.languages.folding import skeleton

from .analysis import OTHER, Token, tokens
from .analysis.tokens import folded_form
from .engine import TextQuery


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

    def match(self, word: str, token: Token) -> bool:
        """True when ``word``, which gave ``token``, is to be marked."""
        if token.text in self.stems:
            return True
        if self.beginning and folded_form(word, OTHER).startswith(self.beginning):
            return True
        return bool(self.skeletons) and not self.skeletons.isdisjoint(
            (skeleton(word), skeleton(token.text))
        )


def highlight(text: str, language: str, marks: Marks) -> list[tuple[str, bool]]:
    """``text`` in segments, each with whether it is a match; joined they are ``text`` again."""
    segments: list[tuple[str, bool]] = []
    last = 0
    for token in tokens(text, language):
        if not marks.match(text[token.start : token.end], token):
            continue
        if token.start > last:
            segments.append((text[last : token.start], False))
        segments.append((text[token.start : token.end], True))
        last = token.end
    if last < len(text):
        segments.append((text[last:], False))
    return segments
