"""Text typed on the wrong keyboard layout, read as the layout that was meant.

Keys are written row by row as each layout has them; a character stands for the key at its place.
"""

from __future__ import annotations

from functools import lru_cache

_LAYOUTS = {
    "us": "`qwertyuiop[]asdfghjkl;'zxcvbnm,.",
    "az": "`qüertyuiopöğasdfghjklıəzxcvbnmçş",
    "tr": '"qwertyuıopğüasdfghjklşizxcvbnmöç',
    "ru": "ёйцукенгшщзхъфывапролджэячсмитьбю",
    # The Kazakh letters stand where the digits are; the rest is as in Russian.
    "kk": "ёйцукенгшщзхъфывапролджэячсмитьбю",
}
_KAZAKH_ROW = dict(zip("234567890-=", "әіңғ,.үұқөһ", strict=True))
# What the upper level of the American layout has on keys that are letters elsewhere.
_SHIFTED = str.maketrans('{}:"<>~', "[];',.`")
_TYPED_LATIN, _TYPED_CYRILLIC = ("us", "az", "tr"), ("ru",)


@lru_cache(maxsize=16)
def _table(typed: str, meant: str) -> dict[int, str]:
    table = dict(zip(_LAYOUTS[typed], _LAYOUTS[meant], strict=True))
    if meant == "kk":
        table |= {key: letter for key, letter in _KAZAKH_ROW.items() if letter.isalpha()}
    return str.maketrans(table)


def readings(text: str) -> list[str]:
    """What ``text`` says if another layout was meant, each different reading once.

    >>> readings("rehc")[0]
    'курс'
    """
    plain = text.translate(_SHIFTED).replace("I", "i").replace("İ", "i").lower()
    has_cyrillic = any("\u0400" <= char <= "\u04ff" for char in plain)
    if has_cyrillic:
        pairs = [("ru", meant) for meant in _TYPED_LATIN]
    else:
        pairs = [(typed, meant) for meant in ("ru", "kk") for typed in _TYPED_LATIN]
    found = (plain.translate(_table(typed, meant)) for typed, meant in pairs)
    return [reading for reading in dict.fromkeys(found) if reading != plain and _is_clean(reading)]


def _is_clean(reading: str) -> bool:
    """One script only: half a translation is none."""
    letters = [char for char in reading if char.isalpha()]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in letters)
    return bool(letters) and cyrillic in {0, len(letters)}
