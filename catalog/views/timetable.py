"""The timetable of a centre: one month or one week, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from catalog import periods
from catalog.models import Centre, RunSession
from catalog.periods import Period
from catalog.selectors.centres import Held, sessions_in
from catalog.selectors.texts import CourseLink
from home.languages.dates import (
    in_zone,
    known_zone,
    written_days,
    written_month,
    written_time,
    written_weekday,
    zone_note,
)


@dataclass(frozen=True)
class Entry:
    """One session in the timetable; ``foreign`` names the language of a title not the reader's."""

    session: RunSession
    hours: str
    course: CourseLink
    foreign: str
    room: str
    is_cancelled: bool


@dataclass(frozen=True)
class Step:
    """A link to another period."""

    label: str
    query: str


@dataclass(frozen=True)
class Timetable:
    """A titled list of days; ``until`` is when the address without a query shows another month."""

    title: str
    days: tuple[tuple[str, date, tuple[Entry, ...]], ...]
    steps: tuple[Step, ...]
    clock: str
    until: datetime | None


def timetable(request: HttpRequest, centre: Centre, language: str, now: datetime) -> Timetable:
    """The period that the address asks for, this month unless told. Two queries.

    Raises Http404 for a period that does not exist.
    """
    zone = known_zone(centre.time_zone)
    today = in_zone(now, centre.time_zone).date()
    week, month = request.GET.get("week"), request.GET.get("month")
    if week is not None:
        period, is_week = periods.week(week), True
    else:
        chosen = periods.month_name(today) if month is None else month
        period, is_week = periods.month(chosen), False
    if period is None:
        raise Http404(_("There is no such week or month."))
    held = sessions_in(centre, *period.moments(zone))
    return Timetable(
        title=written_days(period.begin, period.last) if is_week else written_month(period.begin),
        days=tuple(_days(held, centre, language)),
        steps=tuple(_steps(period, today, is_week)),
        clock=zone_note(centre.time_zone),
        until=period.moments(zone)[1] if week is None and month is None else None,
    )


def _days(held: Iterable[Held], centre: Centre, language: str):
    by_day: dict[date, list[Entry]] = {}
    for one in held:
        day = in_zone(one.session.start, centre.time_zone).date()
        by_day.setdefault(day, []).append(_entry(one, centre, language))
    for day, entries in sorted(by_day.items()):
        yield written_weekday(day), day, tuple(entries)


def _entry(one: Held, centre: Centre, language: str) -> Entry:
    session, link = one.session, one.course.link(language)
    begins, ends = (written_time(m, centre.time_zone) for m in (session.start, session.end))
    return Entry(
        session=session,
        hours=f"{begins}–{ends}",
        course=link,
        foreign=link.foreign(language),
        room=str(session.room) if session.room_id else "",
        is_cancelled=session.run.cancelled,
    )


def _steps(period: Period, today: date, is_week: bool) -> Iterable[Step]:
    """Before, after, and to the other kind of view."""
    if is_week:
        before, after = period.begin - timedelta(days=7), period.end
        yield Step(_("Previous week"), f"?week={periods.week_name(before)}")
        yield Step(_("Next week"), f"?week={periods.week_name(after)}")
        yield Step(_("Whole month"), f"?month={periods.month_name(period.begin)}")
        return
    before = period.begin - timedelta(days=1)
    week = today if period.begin <= today < period.end else period.begin
    yield Step(_("Previous month"), f"?month={periods.month_name(before)}")
    yield Step(_("Next month"), f"?month={periods.month_name(period.end)}")
    yield Step(_("One week"), f"?week={periods.week_name(week)}")
