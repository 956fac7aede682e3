"""Whether a title has all the words of a query, seen from the hits without asking the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.analysis import Word, tokens
from search.analysis.tokens import field_language
from search.engine import Hit

# A title that has all the words is among the first hits nearly always.
LOOKED_AT = 3


def is_titled(hits: Sequence[Hit], words: Sequence[Word]) -> bool:
    """True when one of the first hits has all the words in one title; False says nothing."""
    return any(_has_all(hit.shown.get("titles", {}), words) for hit in hits[:LOOKED_AT])


def _has_all(titles: Mapping[str, str], words: Sequence[Word]) -> bool:
    for language, title in titles.items():
        field = field_language(language)
        wanted = {word.stem(field) for word in words} - {""}
        if wanted and wanted <= {token.text for token in tokens(title, field)}:
            return True
    return False
