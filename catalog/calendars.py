"""Dates of courses and centres as iCalendar files (RFC 5545) that people subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from home.languages.dates import in_zone

PRODUCT = "-//Learning Gate//Calendar//EN"
MIME = "text/calendar; charset=utf-8"
# A changed event needs a greater number than before: the seconds since this moment have one.
UNCHANGED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Happening:
    """One event; moments are aware, ``zone`` is the clock people read, ``url`` is absolute.

    ``key`` names it for ever ("session/12"), ``changed`` is when anything about it last changed.
    """

    key: str
    title: str
    begin: datetime
    end: datetime
    zone: str
    changed: datetime
    url: str
    place: str = ""
    cancelled: bool = False


def calendar(name: str, base: str, happenings: Iterable[Happening]) -> bytes:
    """The calendar file; ``base`` is the portal's address, whose host makes the UIDs ours."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    host = urlsplit(base).hostname or "localhost"
    for one in happenings:
        made.add_component(_event(one, host))
    made.add_missing_timezones()
    return made.to_ical()


def _event(one: Happening, host: str) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{host}")
    event.add("dtstamp", one.changed.astimezone(UTC))
    event.add("last-modified", one.changed.astimezone(UTC))
    event.add("sequence", max(0, int((one.changed - UNCHANGED).total_seconds())))
    event.add("summary", one.title)
    event.add("dtstart", in_zone(one.begin, one.zone))
    event.add("dtend", in_zone(one.end, one.zone))
    event.add("url", one.url)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    if one.place:
        event.add("location", one.place)
    return event
