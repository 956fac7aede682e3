"""Facts about languages: the portal's own five, and names and codes of any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from .casing import capitalise


@dataclass(frozen=True)
class Language:
    """A language the portal speaks; ``og_locale`` is the form Open Graph asks for."""

    code: str
    own_name: str
    script: str
    og_locale: str


FACTS: dict[str, Language] = {
    "az": Language("az", "Azərbaycanca", "Latn", "az_AZ"),
    "tr": Language("tr", "Türkçe", "Latn", "tr_TR"),
    "en": Language("en", "English", "Latn", "en_GB"),
    "ru": Language("ru", "Русский", "Cyrl", "ru_RU"),
    "kk": Language("kk", "Қазақша", "Cyrl", "kk_KZ"),
}
LANGUAGES: tuple[str, ...] = tuple(FACTS)

_CODE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}|[0-9]{3}))?"
)
# Codes that CLDR names but that say nothing about the language of a text.
_NOT_LANGUAGES = frozenset({"und", "root"})


@lru_cache(maxsize=64)
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def own_name(code: str) -> str:
    """The language's name in itself ("Қазақша"); the code when nothing is known."""
    return FACTS[code].own_name if code in FACTS else language_name(code, code)


def is_language_code(code: str) -> bool:
    """True for a BCP 47 tag in its usual spelling whose parts CLDR knows: it, az-Cyrl, fr-CA."""
    found = _CODE.fullmatch(code)
    if not found or found["language"] in _NOT_LANGUAGES:
        return False
    english = _locale("en")
    return (
        found["language"] in english.languages
        and (not found["script"] or found["script"] in english.scripts)
        and (not found["region"] or found["region"] in english.territories)
    )


@lru_cache(maxsize=2048)
def language_name(code: str, in_language: str) -> str:
    """Name of ``code`` for readers of ``in_language``, with a capital; the code itself if unknown.

    Names come from CLDR: language_name("az-Cyrl", "en") is "Azerbaijani (Cyrillic)".
    """
    found = _CODE.fullmatch(code)
    reader = _locale(in_language) or _locale("en")
    name = reader.languages.get(found["language"]) if found else None
    if not name:
        return code
    parts = [
        names.get(found[part], found[part])
        for part, names in (("script", reader.scripts), ("region", reader.territories))
        if found[part]
    ]
    return capitalise(f"{name} ({', '.join(parts)})" if parts else name, in_language)
