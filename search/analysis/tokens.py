"""From text to index terms: the reference that the Elasticsearch analyzers are made after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from home.languages.folding import APOSTROPHES, azerbaijani_latin, fold

from .stemming import stem
from .stopwords import STOPWORDS
from .text import Places

# Languages with rules of their own; text in any other is folded only, in the field "xx".
LANGUAGES = ("az", "tr", "en", "ru", "kk")
OTHER = "xx"
MAX_TERM = 60
# C++ and C#; a number with its separators; a word with what an apostrophe joins to it.
TOKEN_PATTERN = (
    r"(?<!\w)[A-Za-z](?:\+\+|#)(?!\w)"
    r"|[0-9]+(?:[.,][0-9]+)*"
    rf"|\w+(?:[{APOSTROPHES}]\w+)*"
)
TOKEN = re.compile(TOKEN_PATTERN)
# In these languages what follows an apostrophe is a suffix: Türkiye'nin, manager's.
SUFFIX_AFTER_APOSTROPHE = frozenset({"az", "tr", "en"})
LETTERS_BEFORE_SUFFIX = 2
# In others the short word before it is an article or preposition: dell'Unione, l'État.
ELISION_PATTERN = (
    r"^(?:l|d|un|all|dall|dell|nell|sull|coll|quell|quest|qu|c|j|m|n|s|t)"
    rf"[{APOSTROPHES}](?=\w)"
)
_ELISION = re.compile(ELISION_PATTERN, re.IGNORECASE)
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


class Token(NamedTuple):
    """An index term, where its word stands in the text, and its place among all words."""

    text: str
    start: int
    end: int
    position: int


def field_language(language: str) -> str:
    """The language whose index field holds text in ``language``."""
    return language if language in LANGUAGES else OTHER


def tokens(text: str, language: str, *, stemmed: bool = True, stop: bool = True) -> list[Token]:
    """Terms of a text without its stop words, which still take a position.

    Offsets refer to ``text`` as it was given. A language without rules is folded only.
    """
    return list(_tokens(Places(text), language, stemmed, stop))


def _tokens(places: Places, language: str, stemmed: bool, stop: bool) -> Iterator[Token]:
    for position, match in enumerate(TOKEN.finditer(places.prepared)):
        if found := term(match.group(), language, stemmed, stop):
            start, end = places.original(*match.span())
            yield Token(found, start, end, position)


@lru_cache(maxsize=300_000)
def term(word: str, language: str, stemmed: bool = True, stop: bool = True) -> str:
    """What one word of prepared text is in the index; "" for a stop word."""
    folded = folded_form(word, language)
    if stop and folded in STOPWORDS.get(language, ()):
        return ""
    return stem(folded, language) if stemmed else folded


def folded_form(word: str, language: str) -> str:
    """One word of prepared text without apostrophe, case and diacritics."""
    if language not in LANGUAGES:
        word = _ELISION.sub("", word)
    found = _APOSTROPHE.search(word)
    if found and language in SUFFIX_AFTER_APOSTROPHE and found.start() >= LETTERS_BEFORE_SUFFIX:
        word = word[: found.start()]
    elif found:
        word = _APOSTROPHE.sub("", word)
    word = word[:MAX_TERM]
    return fold(azerbaijani_latin(word) if language == "az" else word)
