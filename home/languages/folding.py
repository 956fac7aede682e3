"""Folding: one spelling for words typed with or without diacritics, in any letter case.

Folding comes before stemming, so that text from a plain keyboard takes the same path as correct
text. The tables are also what the Elasticsearch analyzers are generated from.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’ʼ‘`´\u02bb"
TOKEN = re.compile(
    rf"[0-9]+(?:[.,][0-9]+)*|\w+(?:[{APOSTROPHES}]\w+)*",
    re.UNICODE,
)

# ə becomes e, not a: that is what people type, whatever Unicode's folding tables say.
LATIN = {
    **dict(zip("əƏäÄ", "eeee", strict=True)),
    **dict(zip("ıİI", "iii", strict=True)),
    **dict(zip("öÖôüÜû", "ooouuu", strict=True)),
    **dict(zip("ÛūşŞçÇğĞ", "uussccgg", strict=True)),
    **dict(zip("âÂîÎñýňŋé", "aaiinynne", strict=True)),
}
CYRILLIC = dict(
    zip("әғқңөұүһіёӘҒҚҢӨҰҮҺІЁ", "агкноуухиеагкноуухие", strict=True),
) | {"i": "и"}
_LATIN = str.maketrans(LATIN)
_CYRILLIC = str.maketrans(CYRILLIC)

_SKELETON = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e",
    "ж": "j", "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n",
    "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u",
    "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_SKELETON_LATIN = str.maketrans(
    {"ş": "sh", "Ş": "sh", "ç": "ch", "Ç": "ch"} | dict.fromkeys("äÄəƏ", "a")
)
_MERGES = (
    ("shch", "sh"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("q", "k"), ("w", "u"), ("y", "i"),
    ("x", "h"), ("ii", "i"), ("tc", "ts"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def normal(text: str) -> str:
    """Compatibility forms (ligatures, full-width letters) in their plain form."""
    return unicodedata.normalize("NFKC", text)


def is_cyrillic(word: str) -> bool:
    """True when any letter is Cyrillic."""
    return any("\u0400" <= char <= "\u04ff" for char in word)


def fold_word(word: str) -> str:
    """One word in lower case without diacritics; as many letters as before for NFKC text."""
    if is_cyrillic(word):
        return word.lower().translate(_CYRILLIC)
    lowered = word.translate(_LATIN).lower()
    if lowered.isascii():
        return lowered
    split = unicodedata.normalize("NFD", lowered)
    return "".join(char for char in split if not unicodedata.combining(char))


def fold(text: str) -> str:
    """A whole text folded, with everything that is not a word as single spaces."""
    return " ".join(fold_word(match.group()) for match in TOKEN.finditer(normal(text)))


def skeleton(word: str) -> str:
    """A key shared by a word in Cyrillic and the same word in any ad-hoc Latin spelling."""
    word = normal(word)
    if is_cyrillic(word):
        word = "".join(_SKELETON.get(char, char) for char in word.lower())
    else:
        word = fold_word(word.translate(_SKELETON_LATIN))
    for old, new in _MERGES:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word)


def skeletons(text: str) -> list[str]:
    """The key of each word of a text, in order."""
    return [skeleton(match.group()) for match in TOKEN.finditer(normal(text))]
