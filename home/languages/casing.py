"""Upper and lower case as a language has them: Azerbaijani and Turkish keep i and ı apart."""

from __future__ import annotations

_DOTTED = frozenset({"az", "tr"})
_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})


def _keeps_dots(language: str) -> bool:
    return language in _DOTTED or language in {"az-Latn", "az-AZ", "tr-TR"}


def lower(text: str, language: str) -> str:
    """``text`` in lower case: "I" becomes "ı" in az and tr, "i" elsewhere."""
    return (text.translate(_LOWER) if _keeps_dots(language) else text).lower()


def upper(text: str, language: str) -> str:
    """``text`` in upper case: "i" becomes "İ" in az and tr, "I" elsewhere."""
    return (text.translate(_UPPER) if _keeps_dots(language) else text).upper()


def capitalise(text: str, language: str) -> str:
    """``text`` with its first letter in upper case and the rest untouched."""
    return upper(text[:1], language) + text[1:]
