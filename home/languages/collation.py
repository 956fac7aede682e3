"""Alphabetical order: keys that sort titles as a dictionary of their language would.

Keys are plain strings compared by code point, so a search index can hold and sort them. Letters
that are no letters of the alphabet (é in Turkish, ё in Russian dictionaries) sort with their base
letter; the reader's own script comes before others; numbers sort by value.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .casing import lower

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
ALPHABETS = {
    # Letters of foreign words (w in Azerbaijani; q, w, x in Turkish) take their Latin place.
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "en": LATIN,
    "ru": RUSSIAN,
    "kk": KAZAKH,
}
LONGEST = 200
_FIRST_OWN, _FIRST_OTHER = 0x41, 0x100
_PART = re.compile(r"[0-9]+|[^\W\d_]|[^\W_]|[\W_]+")
# Below the space: a title comes before every longer title that starts with it.
_END = "\x1f"


@lru_cache(maxsize=32)
def _weights(language: str) -> dict[str, str]:
    own = ALPHABETS.get(language.partition("-")[0], LATIN)
    others = [c for c in LATIN + KAZAKH if c not in own]
    table = {letter: chr(_FIRST_OTHER + i) for i, letter in enumerate(others)}
    return table | {letter: chr(_FIRST_OWN + i) for i, letter in enumerate(own)}


def _weight(letter: str, weights: dict[str, str]) -> str:
    if letter in weights:
        return weights[letter]
    base = unicodedata.normalize("NFKD", letter)[0]
    return weights.get(base) or (base if ord(base) > 0x200 else chr(0x200 + ord(base)))


def sort_key(text: str, language: str) -> str:
    """A key of ``text`` whose code-point order is the alphabetical order of ``language``."""
    plain = lower(unicodedata.normalize("NFC", text[:LONGEST]).strip(), language)
    weights, key = _weights(language), []
    for part in _PART.findall(plain):
        if part[0] in "0123456789":
            number = part.lstrip("0") or "0"
            # Its length before the number makes 9 come before 10.
            key.append(chr(0x30 + min(len(number), 9)) + number)
        elif part[0].isalnum():
            key.append(_weight(part, weights))
        elif key and key[-1] != " ":
            key.append(" ")
    return "".join(key).rstrip() + _END + plain
