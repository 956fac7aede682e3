"""Folding: one plain form for every way a word is typed, and a key that scripts share.

Folding comes before stemming, so case and diacritics never decide whether words meet, and text
typed without ə, ğ or ı takes the same path as correct text. Search analyzers are generated from
these tables.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’ʼ‘`´\u02bb"

# ə becomes e, not a: that is how people write Azerbaijani on a keyboard without it.
LATIN = {
    **{"ə": "e", "Ə": "e", "ä": "e", "Ä": "e", "ı": "i", "İ": "i", "I": "i"},
    **{"ö": "o", "Ö": "o", "ü": "u", "Ü": "u", "ş": "s", "Ş": "s", "ç": "c", "Ç": "c"},
    **{"ğ": "g", "Ğ": "g", "â": "a", "î": "i", "û": "u", "Â": "a", "Î": "i", "Û": "u"},
    **{"ñ": "n", "ý": "y", "ň": "n", "ŋ": "n", "ū": "u", "é": "e", "ô": "o"},
}
# Kazakh letters become the Russian ones people type instead of them.
CYRILLIC = {
    **{"ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и"},
    **{"Ә": "а", "Ғ": "г", "Қ": "к", "Ң": "н", "Ө": "о", "Ұ": "у", "Ү": "у", "Һ": "х", "І": "и"},
    **{"ё": "е", "Ё": "е", "i": "и"},
}
# The Azerbaijani Cyrillic alphabet (1958–1991) letter by letter in today's Latin one.
AZERBAIJANI_CYRILLIC = {
    **{"а": "a", "б": "b", "в": "v", "г": "q", "ғ": "ğ", "д": "d", "е": "e", "ә": "ə", "ж": "j"},
    **{"з": "z", "и": "i", "ы": "ı", "ј": "y", "к": "k", "ҝ": "g", "л": "l", "м": "m", "н": "n"},
    **{"о": "o", "ө": "ö", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "ü", "ф": "f"},
    **{"х": "x", "һ": "h", "ч": "ç", "ҹ": "c", "ш": "ş", "ц": "s", "щ": "ş", "э": "e", "ю": "yu"},
    **{"я": "ya", "й": "y", "ь": "", "ъ": ""},
}
# Cyrillic as people write it in Latin letters when they have to.
SKELETON = {
    **{"а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e"},
    **{"ж": "j", "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n"},
    **{"ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u"},
    **{"ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh"},
    **{"ъ": "", "ы": "i", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia"},
}
# Latin letters whose sound the skeleton keeps although folding drops it.
SKELETON_LATIN = {
    **{"ş": "sh", "Ş": "sh", "ç": "ch", "Ç": "ch"},
    **{"ä": "a", "Ä": "a", "ə": "a", "Ə": "a"},
}
# One sound, several spellings; applied in this order.
SKELETON_MERGES = (
    *(("shch", "sh"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("q", "k"), ("w", "u")),
    *(("y", "i"), ("x", "h"), ("ii", "i"), ("tc", "ts")),
)

_LATIN = str.maketrans(LATIN)
_CYRILLIC = str.maketrans(CYRILLIC)
_AZERBAIJANI_CYRILLIC = str.maketrans(AZERBAIJANI_CYRILLIC)
_SKELETON = str.maketrans(SKELETON)
_SKELETON_LATIN = str.maketrans(SKELETON_LATIN)
_DOUBLE = re.compile(r"(.)\1+")
_HAS_CYRILLIC = re.compile("[\u0400-\u04ff]")


def normalise(text: str) -> str:
    """``text`` in Unicode's compatibility form (NFKC), which everything here expects."""
    return unicodedata.normalize("NFKC", text)


def is_cyrillic(word: str) -> bool:
    """True when the word has at least one Cyrillic letter."""
    return _HAS_CYRILLIC.search(word) is not None


def fold(word: str) -> str:
    """A word without case and diacritics; folding twice changes nothing."""
    if is_cyrillic(word):
        return word.lower().translate(_CYRILLIC)
    plain = word.translate(_LATIN).lower()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold_text(text: str) -> str:
    """``text`` with every word folded and white space collapsed, for comparing and filtering."""
    return " ".join(fold(word) for word in normalise(text).split())


def skeleton(word: str) -> str:
    """A key under which Cyrillic, official and ad-hoc Latin spellings of a word meet."""
    word = normalise(word)
    if is_cyrillic(word):
        word = word.lower().translate(_SKELETON)
    else:
        word = fold(word.translate(_SKELETON_LATIN))
    for spelling, sound in SKELETON_MERGES:
        word = word.replace(spelling, sound)
    return _DOUBLE.sub(r"\1", word)


def azerbaijani_latin(text: str) -> str:
    """Azerbaijani Cyrillic text in Latin letters, in lower case; Latin text unchanged."""
    return text.lower().translate(_AZERBAIJANI_CYRILLIC) if is_cyrillic(text) else text
