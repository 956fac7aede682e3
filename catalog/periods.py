"""Weeks and months as addresses name them: ``2026-W48``, ``2026-11``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEK = re.compile(r"(20[0-9]{2})-W([0-9]{2})")
_MONTH = re.compile(r"(20[0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Period:
    """The days from ``begin`` up to but without ``end``."""

    begin: date
    end: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment and the one after its last, on the clocks of ``zone``."""
        return (
            datetime.combine(self.begin, time(), tzinfo=zone),
            datetime.combine(self.end, time(), tzinfo=zone),
        )


def week(name: str) -> Period | None:
    """The ISO week of this name; None for anything else. Years 2000 to 2099 are known."""
    found = _WEEK.fullmatch(name)
    if found is None:
        return None
    try:
        begin = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None
    return Period(begin, begin + timedelta(days=7))


def month(name: str) -> Period | None:
    """The month of this name; None for anything else."""
    found = _MONTH.fullmatch(name)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return month_of(date(int(found[1]), int(found[2]), 1))


def month_of(day: date) -> Period:
    """The month that ``day`` lies in."""
    begin = day.replace(day=1)
    return Period(begin, (begin + timedelta(days=31)).replace(day=1))


def week_name(day: date) -> str:
    """``2026-W48``."""
    year, number, _weekday = day.isocalendar()
    return f"{year}-W{number:02d}"


def month_name(day: date) -> str:
    """``2026-11``."""
    return f"{day:%Y-%m}"
