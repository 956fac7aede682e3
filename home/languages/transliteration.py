"""Words for addresses: any title as plain Latin letters, the way its readers would type it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .folding import APOSTROPHES, AZERBAIJANI_CYRILLIC

LONGEST = 80

# Practical transcription of Russian, as passports and place names have it.
RUSSIAN = {
    **{"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z"},
    **{"и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r"},
    **{"с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh"},
    **{"щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya"},
}
# Kazakh by its Latin alphabet of 2021, without the marks.
KAZAKH = RUSSIAN | {
    **{"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"},
    **{"ж": "j", "х": "h"},
}
_LATIN = {
    **{"ə": "e", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d"},
    **{"ł": "l", "þ": "th", "ŋ": "n", "ħ": "h"},
}
_TABLES = {
    "az": str.maketrans(KAZAKH | AZERBAIJANI_CYRILLIC),
    "kk": str.maketrans(KAZAKH),
}
# Kazakh letters in a Russian title keep their Kazakh reading.
_DEFAULT = str.maketrans(KAZAKH | RUSSIAN)
_LETTERS = str.maketrans(_LATIN)
# The way back, for Russian and Kazakh typed in Latin letters; longest spellings first.
_CYRILLIC = {
    **{"shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yo": "ё", "yu": "ю"},
    **{"ya": "я", "iya": "ия", "iy": "ий", "gh": "ғ", "a": "а", "b": "б", "c": "к", "d": "д"},
    **{"e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к", "l": "л", "m": "м"},
    **{"n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в"},
    **{"w": "у", "x": "х", "y": "ы", "z": "з"},
}
_SPELLING = re.compile("|".join(sorted(_CYRILLIC, key=len, reverse=True)))
_MARKS = re.compile(f"[{APOSTROPHES}]")
_OTHER = re.compile(r"[^a-z0-9]+")


def to_latin(text: str, language: str) -> str:
    """``text`` in lower-case letters a–z as far as it has any; everything else stays."""
    table = _TABLES.get(language.partition("-")[0], _DEFAULT)
    # The dotless and the dotted I are both plain "i" in an address.
    plain = unicodedata.normalize("NFKC", text).replace("İ", "i").lower()
    plain = plain.translate(table).translate(_LETTERS)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def to_cyrillic(word: str) -> str:
    """A Latin word as Russian or Kazakh would most likely write it, in lower case.

    >>> to_cyrillic("Upravleniya")
    'управления'
    """
    return _SPELLING.sub(lambda found: _CYRILLIC[found.group()], to_latin(word, "en"))


@lru_cache(maxsize=4096)
def slugify(text: str, language: str) -> str:
    """Words for an address: a–z, 0–9 and single hyphens, at most 80 characters, never empty.

    >>> slugify("Şəki təlim mərkəzi", "az")
    'seki-telim-merkezi'
    """
    words = _OTHER.sub("-", _MARKS.sub("", to_latin(text, language))).strip("-")
    if len(words) > LONGEST:
        cut = words[: LONGEST + 1].rpartition("-")[0]
        words = cut or words[:LONGEST]
    return words or "x"
