"""Text made ready for analysis, and the way back from its characters to the original ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# Marks without a letter of their own and characters nobody sees: soft hyphens, joiners.
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")

# Compatibility characters stand in the first three planes of Unicode.
_AFTER_LAST = 0x30000


@lru_cache(maxsize=1)
def _rewritten() -> re.Pattern[str]:
    """What ``prepare`` rewrites: compatibility characters, and letters with loose marks."""
    codes = [
        code
        for code in range(0x80, _AFTER_LAST)
        if not unicodedata.is_normalized("NFKC", chr(code))
    ]
    starts = [codes[0]] + [after for before, after in pairwise(codes) if after != before + 1]
    ends = [before for before, after in pairwise(codes) if after != before + 1] + [codes[-1]]
    ranges = "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))
    return re.compile(rf"[{ranges}]{_UNSEEN.pattern}*|.?{_UNSEEN.pattern}+", re.DOTALL)


def _plain(match: re.Match[str]) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", match.group()))


def prepare(text: str) -> str:
    """``text`` in Unicode's compatibility form without unseen characters.

    Both engines are given text in this form only.
    """
    if text.isascii():
        return text
    # Most text needs nothing, and this is known faster than the rewriting finds nothing.
    if unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text):
        return text
    return _rewritten().sub(_plain, text)


class Places:
    """Where the characters of a prepared text stand in the original one."""

    def __init__(self, text: str) -> None:
        self.prepared = prepare(text)
        self._places: list[int] | None = None
        if self.prepared != text:
            self._places = self._map(text)

    @staticmethod
    def _map(text: str) -> list[int]:
        places: list[int] = []
        last = 0
        for match in _rewritten().finditer(text):
            places.extend(range(last, match.start()))
            places.extend([match.start()] * len(_plain(match)))
            last = match.end()
        places.extend(range(last, len(text) + 1))
        return places

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that became ``start`` to ``end``."""
        if self._places is None:
            return start, end
        last = self._places[end - 1]
        after = (place for place in self._places[end:] if place > last)
        return self._places[start], next(after, last + 1)
