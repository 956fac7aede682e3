"""What a typed query means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from search.analysis import Word, analyse_words
from search.analysis.text import prepare
from search.engine import Alternative, TextQuery
from search.engines.fields import code_key

from .fillers import FILLERS

Expand = Callable[[tuple[Word, ...]], tuple[Alternative, ...]]
LONGEST_QUERY, MOST_WORDS = 200, 20
# An opening quotation mark, what is quoted, a closing one; or a run without white space.
_PART = re.compile(r'(-?)(?:["“”„«]([^"“”„«»]+)["“”»]|(\S+))')
_CODE = re.compile(r"(?=\S*[0-9])(?=\S*[^\W\d_])[\w./-]+")
_SPACES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True)
class ParsedQuery:
    """A query taken apart; phrases and exclusions hold at least one word each."""

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    excluded: tuple[tuple[Word, ...], ...] = ()
    codes: tuple[str, ...] = ()
    ends_in_word: bool = False

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to look for or to leave out."""
        return not (self.words or self.phrases or self.excluded or self.codes)

    @property
    def core(self) -> ParsedQuery:
        """Without words that only make a question of it; itself when nothing else is there."""
        words = tuple(word for word in self.words if word.folded not in FILLERS)
        return replace(self, words=words) if words else self

    def text(self, mode: str = "all", expand: Expand = lambda words: ()) -> TextQuery:
        """All of it as a question to an engine; ``expand`` gives other words for its words."""
        return TextQuery(
            words=self.words,
            mode=mode,
            phrases=self.phrases,
            excluded=self.excluded,
            codes=self.codes,
            alternatives=expand(self.words),
        )


def parse(text: str) -> ParsedQuery:
    """Read a query: "a phrase", -left -out, course codes and words; never raises."""
    words: list[Word] = []
    phrases: list[tuple[Word, ...]] = []
    excluded: list[tuple[Word, ...]] = []
    codes: list[str] = []
    room, ends_in_word = MOST_WORDS, False
    for minus, quoted, plain in _PART.findall(_clean(text)):
        found = tuple(analyse_words(quoted or plain)[:room])
        room -= len(found)
        ends_in_word = bool(found and plain and not minus)
        if not found:
            continue
        if minus:
            excluded.append(found)
        elif quoted and len(found) > 1:
            phrases.append(found)
        else:
            words.extend(found)
            codes += [code_key(plain)] if _CODE.fullmatch(plain) else []
    if not (phrases or excluded) and 1 < len(words) <= 3:
        # A code typed with a space: EGOV 101.
        codes += [key for key in [code_key(_clean(text))] if _CODE.fullmatch(key)]
    distinct = tuple(dict.fromkeys(codes))
    return ParsedQuery(tuple(words), tuple(phrases), tuple(excluded), distinct, ends_in_word)


def _clean(text: str) -> str:
    cut = text[:LONGEST_QUERY]
    spaced = (" " if unicodedata.category(c) in _SPACES and c != "\u00ad" else c for c in cut)
    return prepare("".join(spaced))[:LONGEST_QUERY]
