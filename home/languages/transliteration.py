"""Words for addresses: Latin letters a reader of the language would write on a plain keyboard."""

from __future__ import annotations

import re
import unicodedata

from .folding import fold_word, is_cyrillic, normal

MAX_LENGTH = 80
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
# The letters of the Kazakh Latin alphabet of 2021, without their marks.
_KAZAKH = _RUSSIAN | {
    "ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    "ж": "j", "х": "h", "ш": "sh", "щ": "sh", "й": "i", "и": "i", "у": "u", "ц": "ts",
}  # fmt: skip
_AZERBAIJANI = {
    "ә": "e", "ғ": "g", "ҝ": "g", "ј": "y", "ө": "o", "ү": "u", "һ": "h", "х": "x", "ҹ": "c",
    "ч": "c", "ш": "s", "ж": "j", "ы": "i", "г": "q",
}  # fmt: skip
_TABLES = {"ru": _RUSSIAN, "kk": _KAZAKH, "az": _KAZAKH | _AZERBAIJANI}
_OTHER = re.compile(r"[^a-z0-9]+")


def slugify(text: str, language: str) -> str:
    """``Şəki təlim mərkəzi`` → ``seki-telim-merkezi``; at most 80 characters, never empty."""
    table = _TABLES.get(language, _KAZAKH)
    words = []
    for word in re.split(r"[^\w]+", normal(text)):
        if is_cyrillic(word):
            words.append("".join(table.get(char, char) for char in word.lower()))
        else:
            words.append(fold_word(word))
    plain = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode()
    slug = _OTHER.sub("-", plain).strip("-")
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug or "x"
