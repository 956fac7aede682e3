"""Courses that editors put first or leave out for a query."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from home.cache import kept

from .models import Placement, query_key


@dataclass(frozen=True)
class Placed:
    """Keys of documents: ``first`` in this order, ``hidden`` not at all."""

    first: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


NOTHING = Placed()
# What is placed; other kinds of entries are not.
PLACED_TYPE = "course"


def placed(query: str, language: str) -> Placed:
    """What is decided for this query in this language; no query to the database as a rule."""
    rows = _all().get(query_key(query))
    if not rows:
        return NOTHING
    today = timezone.localdate()
    own = [row for row in rows if row.language in ("", language) and row.holds(today)]
    hidden = tuple(row.key for row in own if row.action == Placement.Action.HIDE)
    first = (row.key for row in own if row.action == Placement.Action.PIN)
    return Placed(tuple(key for key in dict.fromkeys(first) if key not in hidden), hidden)


@dataclass(frozen=True)
class _Row:
    key: str
    language: str
    action: str
    until: date | None

    def holds(self, today: date) -> bool:
        return self.until is None or self.until >= today


@kept
def _all() -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    names = ("query", "course_id", "language", "action", "until")
    for query, course, language, action, until in Placement.objects.values_list(*names):
        found[query].append(_Row(f"course:{course}", language, action, until))
    return dict(found)
