"""Marks the words of a text that a query asked for."""

from __future__ import annotations

from dataclasses import dataclass

from home.languages.folding import skeleton

from .analysis import OTHER, Token, tokens
from .analysis.tokens import folded_form


@dataclass(frozen=True)
class Marks:
    """What makes a word a match: its stem, how it begins, or its key across alphabets."""

    stems: frozenset[str] = frozenset()
    beginning: str = ""
    skeletons: frozenset[str] = frozenset()

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
