"""From text to index terms, and from query words to what each language makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from home.languages.folding import APOSTROPHES, fold, normalise, skeleton

from .stemming import stem
from .stopwords import STOPWORDS

# Languages with rules of their own; text in any other is folded only, in the field "xx".
LANGUAGES = ("az", "tr", "en", "ru", "kk")
OTHER = "xx"
_SUFFIX_AFTER_APOSTROPHE = {"az", "tr", "en"}
MAX_TERM = 60
# A number with its separators, or a word with what an apostrophe joins to it.
TOKEN = re.compile(rf"[0-9]+(?:[.,][0-9]+)*|\w+(?:[{APOSTROPHES}]\w+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """An index term and where its word stands in the (NFKC) text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A query word: folded, its stem per language ("" where it is a stop word), its skeleton."""

    folded: str
    stems: tuple[tuple[str, str], ...]
    skeleton: str


def field_language(language: str) -> str:
    """The language whose index field holds text in ``language``."""
    return language if language in LANGUAGES else OTHER


def tokens(text: str, language: str, *, stemmed: bool = True, stop: bool = True) -> list[Token]:
    """Terms of a text, stop words left out; offsets refer to the NFKC form of the text."""
    return list(_tokens(normalise(text), language, stemmed, stop))


def _tokens(text: str, language: str, stemmed: bool, stop: bool) -> Iterator[Token]:
    stopwords = STOPWORDS.get(language, frozenset()) if stop else frozenset()
    for match in TOKEN.finditer(text):
        folded = fold(bare(match.group(), language))
        if not folded or folded in stopwords:
            continue
        term = stem(folded, language) if stemmed else folded
        yield Token(term[:MAX_TERM], match.start(), match.end())


def bare(word: str, language: str) -> str:
    """A word without its apostrophe; in az, tr and en what follows it is a suffix and goes too."""
    at = next((i for i, char in enumerate(word) if char in APOSTROPHES), -1)
    if at < 0:
        return word
    if language in _SUFFIX_AFTER_APOSTROPHE and at >= 2:
        return word[:at]
    return "".join(char for char in word if char not in APOSTROPHES)


def analyse_words(text: str) -> list[Word]:
    """The words of a query as every language sees them."""
    found = []
    for match in TOKEN.finditer(normalise(text)):
        raw = match.group()
        stems = []
        for language in LANGUAGES:
            folded = fold(bare(raw, language))
            stopped = folded in STOPWORDS[language]
            stems.append((language, "" if stopped else stem(folded, language)[:MAX_TERM]))
        folded = fold(bare(raw, "en"))
        stems.append((OTHER, folded[:MAX_TERM]))
        found.append(Word(folded[:MAX_TERM], tuple(stems), skeleton(raw)[:MAX_TERM]))
    return found
