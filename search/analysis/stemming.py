"""Stems of folded words, by the rules of each language."""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

from home.languages.folding import is_cyrillic

from .rules import KAZAKH, TURKIC, Steps


def _compiled(steps: Steps) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), to.replace("$1", r"\1")) for pattern, to in steps]


_TURKIC, _KAZAKH = _compiled(TURKIC), _compiled(KAZAKH)
# Snowball's stemmers keep the word in the object: one set per thread.
_local = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where the language has no rules for its script."""
    if any(char.isdigit() for char in word):
        return word
    cyrillic = is_cyrillic(word)
    if language in {"az", "tr"}:
        return word if cyrillic else _run(word, _TURKIC)
    if language == "kk":
        return _run(word, _KAZAKH) if cyrillic else word
    if language == "ru":
        return _snowball("russian").stemWord(word) if cyrillic else word
    if language == "en":
        return word if cyrillic else _snowball("english").stemWord(word)
    return word


def _run(word: str, steps: list[tuple[re.Pattern[str], str]]) -> str:
    for pattern, to in steps:
        word = pattern.sub(to, word, count=1)
    return word


def _snowball(name: str) -> snowballstemmer.stemmer:
    if not hasattr(_local, name):
        setattr(_local, name, snowballstemmer.stemmer(name))
    return getattr(_local, name)
