"""Alphabetical order as each language has it, as keys that sort by code point."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LATIN_AZ = "abcçdeəfgğhxıijkqlmnoöprsştuüvyzw"
_LATIN_TR = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "az": _LATIN_AZ + _KAZAKH,
    "tr": _LATIN_TR + _KAZAKH,
    "en": _ENGLISH + _KAZAKH,
    "ru": _RUSSIAN + "".join(c for c in _KAZAKH if c not in _RUSSIAN) + _ENGLISH,
    "kk": _KAZAKH + _ENGLISH,
}
# Letters start well above digits and separators, which keep their own order below them.
_FIRST = 0x100


@lru_cache(maxsize=8)
def _ranks(language: str) -> dict[str, str]:
    alphabet = ALPHABETS.get(language, ALPHABETS["en"])
    return {char: chr(_FIRST + place) for place, char in enumerate(dict.fromkeys(alphabet))}


def lower(text: str, language: str) -> str:
    """Lower case; in Azerbaijani and Turkish İ is the capital of i, and I that of ı."""
    if language in {"az", "tr"}:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def sort_key(text: str, language: str) -> str:
    """A key by which titles stand in the language's own alphabetical order."""
    ranks, key = _ranks(language), []
    for char in lower(unicodedata.normalize("NFC", text), language):
        if char in ranks:
            key.append(ranks[char])
        elif char.isdigit():
            key.append(char)
        elif char.isalpha():
            base = unicodedata.normalize("NFD", char)[0]
            key.append(ranks.get(base, chr(0x2000 + min(ord(char), 0xFFFF) % 0x3000)))
        elif key and key[-1] != " ":
            key.append(" ")
    return "".join(key).strip()
