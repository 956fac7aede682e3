"""Blocks of the demo's pages, made from the plain words of its files."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import Locale

from home import models as pages
from home.languages.dates import written_day

Block = tuple[str, Any]
_DAY = re.compile(r"\{day (-?\d+)\}")


def body(blocks: list[dict[str, Any]], locale: Locale) -> list[Block]:
    """What a StreamField takes; links lead to pages of ``locale``, ``{day -45}`` is a date."""
    return [
        (block["type"], _MAKERS[block["type"]](_dated(block["value"], locale), locale))
        for block in blocks
    ]


def _dated(value: Any, locale: Locale) -> Any:
    """``value`` with days before or after today written out in the language of ``locale``."""
    if not isinstance(value, str):
        return value
    with translation.override(locale.language_code):
        return _DAY.sub(lambda found: written_day(_day(int(found[1]))), value)


def _day(distance: int) -> date:
    return timezone.localdate() + timedelta(days=distance)


def _same(value: Any, locale: Locale) -> Any:
    return value


def _rich(text: str, locale: Locale) -> str:
    return f"<p>{escape(text)}</p>"


def _callout(value: dict[str, str], locale: Locale) -> dict[str, str]:
    return {"tone": value["tone"], "text": _rich(value["text"], locale)}


def _question(value: dict[str, str], locale: Locale) -> dict[str, str]:
    return {"question": value["question"], "answer": _rich(value["answer"], locale)}


def _button(value: dict[str, str], locale: Locale) -> dict[str, Any]:
    page = getattr(pages, value["to"]).objects.filter(locale=locale).first()
    return {"text": value["text"], "page": page, "url": ""}


def _table(value: dict[str, Any], locale: Locale) -> dict[str, Any]:
    return {
        "data": value["rows"],
        "table_caption": value["caption"],
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }


_MAKERS: dict[str, Callable[[Any, Locale], Any]] = {
    "heading": _same,
    "paragraph": _rich,
    "list": _same,
    "callout": _callout,
    "question": _question,
    "button": _button,
    "table": _table,
    "help_form": _same,
    "training_status": _same,
    "framework": _same,
}
