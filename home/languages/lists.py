"""Names in a row, as the active language joins them."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list

from .dates import reader_locale


def written_list(names: Iterable[str]) -> str:
    """``Azərbaycan, Türkiyə və Qazaxıstan``; "" for none."""
    return format_list([str(name) for name in names], locale=reader_locale())
