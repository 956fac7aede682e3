"""Names and properties of languages."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# How each language calls itself, and what Open Graph calls it.
OWN_NAMES = {
    "az": "Azərbaycanca",
    "tr": "Türkçe",
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақша",
}
OPEN_GRAPH = {"az": "az_AZ", "tr": "tr_TR", "en": "en_GB", "ru": "ru_RU", "kk": "kk_KZ"}
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def is_language_code(code: str) -> bool:
    """True for a well-formed BCP 47 tag of a language there is a name for: az, az-Cyrl, it."""
    return bool(_TAG.fullmatch(code)) and _locale(code.split("-")[0]) is not None


@lru_cache(maxsize=200)
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=2000)
def language_name(code: str, in_language: str) -> str:
    """What ``in_language`` calls the language ``code`` ("it" in az: "italyanca"); else the code."""
    if code == in_language and code in OWN_NAMES:
        return OWN_NAMES[code]
    named, reader = _locale(code), _locale(in_language)
    if named is None or reader is None:
        return code
    name = named.get_display_name(reader) or code
    return (
        name[:1].translate({ord("i"): "İ"} if in_language in {"az", "tr"} else {}).upper()
        + name[1:]
    )


def own_name(code: str) -> str:
    """What a language calls itself."""
    return OWN_NAMES.get(code) or language_name(code, code)
