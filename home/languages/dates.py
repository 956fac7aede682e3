"""Days and times as people write them in the active language, and whose clock they go by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, get_timezone_location
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Where most readers of a language live: the only hint at their clock that a public page has.
_HOME_ZONES = {"az": "Asia/Baku", "tr": "Europe/Istanbul", "kk": "Asia/Almaty"}
# Written year first, so a span is shortened at its other end.
_YEAR_FIRST = frozenset({"kk"})


@lru_cache(maxsize=64)
def known_zone(name: str) -> ZoneInfo:
    """The zone, or the portal's where the name means nothing: people type these names."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def check_zone(name: str) -> None:
    """For fields that hold the name of a zone; raises ValidationError for any other word."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            _("There is no such time zone. Write its name as in Asia/Baku.")
        ) from error


def in_zone(moment: datetime, zone: str = "") -> datetime:
    """``moment`` (aware) on the clocks of ``zone``, or of the portal when that is ""."""
    return timezone.localtime(moment, known_zone(zone))


def written_day(value: date | datetime | None, zone: str = "") -> str:
    """``14 mart 2026``, on the calendar of ``zone`` for a moment; "" for nothing."""
    return "" if value is None else _long_day(_day(value, zone), reader_locale())


@lru_cache(maxsize=4096)
def _long_day(day: date, locale: Locale) -> str:
    """Kept because lists are full of days and patterns take long to fill in."""
    return format_date(day, "long", locale=locale)


def written_days(start: date | datetime, end: date | datetime, zone: str = "") -> str:
    """A span of days, what they share written once: ``14–18 mart 2026``."""
    locale, first, last = reader_locale(), _day(start, zone), _day(end, zone)
    if first >= last:
        return format_date(first, "long", locale=locale)
    if first.year != last.year:
        shorter, between = "long", " – "
    elif first.month != last.month:
        shorter, between = "d MMMM", " – "
    else:
        shorter, between = "d", "–"
    begin, end_words = (format_date(d, f, locale) for d, f in ((first, shorter), (last, "long")))
    if locale.language in _YEAR_FIRST and shorter != "long":
        year, _space, end_words = end_words.rpartition(f" {last.day} ")
        return f"{year} {begin}{between}{last.day} {end_words}"
    return f"{begin}{between}{end_words}"


def written_weekday(value: date | datetime, zone: str = "") -> str:
    """``çərşənbə, 14 mart``: for timetables, where the year is known."""
    return format_date(_day(value, zone), "EEEE, d MMMM", locale=reader_locale())


def written_month(value: date) -> str:
    """``mart 2026``."""
    return format_skeleton("yMMMM", value, locale=reader_locale())


def written_time(moment: datetime, zone: str = "") -> str:
    """``09:30``, by the clocks of ``zone``."""
    return f"{in_zone(moment, zone):%H:%M}"


def last_day(moment: datetime) -> datetime:
    """A moment of the last day before ``moment``: what ends at midnight ended the day before."""
    return moment - timedelta(microseconds=1)


def zone_note(zone: str = "") -> str:
    """Whose clock it is ("Baku time"), or "" where most readers of the language live by it."""
    locale, name = reader_locale(), zone or settings.TIME_ZONE
    if _HOME_ZONES.get(locale.language) == name:
        return ""
    return _("%(city)s time") % {"city": _city(name, locale)}


@lru_cache(maxsize=64)
def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(known_zone(zone), locale=locale, return_city=True)


@lru_cache(maxsize=16)
def _parsed(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


def reader_locale() -> Locale:
    """CLDR's rules for the active language; for English, those of Britain."""
    language = get_language()
    return _parsed(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


def _day(value: date | datetime, zone: str) -> date:
    return in_zone(value, zone).date() if isinstance(value, datetime) else value
