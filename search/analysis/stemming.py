"""Stems of folded words, by the rules of each language."""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

from .rules import AZERBAIJANI, KAZAKH, TURKISH, Steps

RULES: dict[str, Steps] = {"az": AZERBAIJANI, "tr": TURKISH, "kk": KAZAKH}
SNOWBALL = {"ru": "russian", "en": "english"}

_COMPILED = {
    language: [(re.compile(pattern), to.replace("$1", r"\1")) for pattern, to in steps]
    for language, steps in RULES.items()
}
# Snowball's stemmers keep the word in the object: one set per thread.
_local = threading.local()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; words with digits or signs and unknown languages keep theirs."""
    if not word.isalpha():
        return word
    if language in SNOWBALL:
        return _snowball(SNOWBALL[language]).stemWord(word)
    for pattern, to in _COMPILED.get(language, ()):
        word = pattern.sub(to, word, count=1)
    return word


def _snowball(name: str) -> snowballstemmer.stemmer:
    if not hasattr(_local, name):
        setattr(_local, name, snowballstemmer.stemmer(name))
    return getattr(_local, name)
