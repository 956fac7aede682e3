"""Single values as people write them: dates in five languages, hours, lists, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from home.languages.folding import fold

MONTHS = (
    ("yanvar", "ocak", "january", "jan", "января", "январь", "қаңтар"),
    ("fevral", "şubat", "february", "feb", "февраля", "февраль", "ақпан"),
    ("mart", "march", "mar", "марта", "март", "наурыз"),
    ("aprel", "nisan", "april", "apr", "апреля", "апрель", "сәуір"),
    ("may", "mayıs", "мая", "май", "мамыр"),
    ("iyun", "haziran", "june", "jun", "июня", "июнь", "маусым"),
    ("iyul", "temmuz", "july", "jul", "июля", "июль", "шілде"),
    ("avqust", "ağustos", "august", "aug", "августа", "август", "тамыз"),
    ("sentyabr", "eylül", "september", "sep", "сентября", "сентябрь", "қыркүйек"),
    ("oktyabr", "ekim", "october", "oct", "октября", "октябрь", "қазан"),
    ("noyabr", "kasım", "november", "nov", "ноября", "ноябрь", "қараша"),
    ("dekabr", "aralık", "december", "dec", "декабря", "декабрь", "желтоқсан"),
)
FIRST_YEAR, LAST_YEAR = 1950, 2199
_MONTH = {fold(name): number for number, names in enumerate(MONTHS, 1) for name in names}
_CLOCK = r"(?:[ T,]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_CLOCK}")
_DOTS = re.compile(rf"(?P<day>\d{{1,2}})[./-](?P<month>\d{{1,2}})[./-](?P<year>\d{{4}}){_CLOCK}")
_WORDS = re.compile(
    rf"(?P<day>\d{{1,2}})\.?[ ]+(?P<month>[^\W\d_]+)\.?,?[ ]+(?P<year>\d{{4}})"
    rf"(?:[ ]*(?:-?c[iıuü] il|г\.?|ж\.?|yıl[ıi]?))?{_CLOCK}",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:h|saat|hours?|ч|час\w*|сағат)\.?", re.I)
_MINUTES = re.compile(r"(\d{1,6})\s*(?:min\w*|dəq\w*|dak\w*|мин\w*)?\.?", re.I)


class BadValue(ValueError):
    """One value breaks a rule; the message is for the person who made the file."""


def moment(text: str, zone: ZoneInfo, *, end_of_day: bool = False) -> datetime | None:
    """A date with or without a time: ``2027-03-14``, ``14.03.2027 10:00``, ``14 mart 2027``.

    Without a time it is the start of the day, or its last minute. Raises BadValue.
    """
    text = " ".join(text.split())
    if not text:
        return None
    match = _ISO.fullmatch(text) or _DOTS.fullmatch(text) or _WORDS.fullmatch(text)
    if not match:
        raise BadValue(f"“{text[:60]}” is not a date. Write it as 14.03.2027 or 14 mart 2027.")
    part = match.groupdict()
    month = int(part["month"]) if part["month"].isdigit() else _MONTH.get(fold(part["month"]), 0)
    clock = time(23, 59) if end_of_day else time(0)
    if not FIRST_YEAR <= int(part["year"]) <= LAST_YEAR:
        raise BadValue(f"“{text[:60]}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    try:
        if part["hour"]:
            clock = time(int(part["hour"]), int(part["minute"]))
        day = datetime(int(part["year"]), month, int(part["day"]), tzinfo=zone)
    except ValueError as error:
        raise BadValue(f"“{text[:60]}” is not a day that exists.") from error
    return day.replace(hour=clock.hour, minute=clock.minute)


def minutes(text: str) -> int | None:
    """Workload in minutes: ``720``, ``90 min``, ``12 h``, ``1,5 saat``. Raises BadValue."""
    text = text.strip()
    if not text:
        return None
    if match := _HOURS.fullmatch(text):
        return round(float(match[1].replace(",", ".")) * 60)
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    raise BadValue(f"“{text[:60]}” is not a workload. Write minutes, or hours as 12 h.")


def number(text: str) -> int | None:
    """A whole number from 0 to a million. Raises BadValue."""
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:8]) > 10**6 or len(text) > 8:
        raise BadValue(f"“{text[:60]}” is not a whole number.")
    return int(text)


def listed(value: str | Iterable[str]) -> list[str]:
    """Codes separated by comma, semicolon, bar or line; or a list already."""
    parts = re.split(r"[|,;\n]", value) if isinstance(value, str) else [str(v) for v in value]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def choice(text: str, choices: type, default: str) -> str:
    """One of Django's ``choices``, by value, in any letter case. Raises BadValue."""
    text = text.strip().lower().replace("-", "_").replace(" ", "_")
    if not text:
        return default
    if text not in choices.values:
        raise BadValue(f"“{text[:60]}” is not one of: {', '.join(choices.values)}.")
    return text
