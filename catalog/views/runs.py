"""Runs of a course as rows of a table: dates, place, seats, state, and the sessions of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from catalog.addresses import centre_url
from catalog.availability import Availability, RunFacts, State, run_availability
from catalog.models import CourseRun
from home.languages.dates import (
    last_day,
    written_day,
    written_days,
    written_time,
    written_weekday,
    zone_note,
)
from home.languages.facts import language_name

SHOWN = 60


@dataclass(frozen=True)
class Meeting:
    """One session of a run; ``room`` is "" online."""

    day: str
    hours: str
    room: str
    title: str


@dataclass(frozen=True)
class RunRow:
    """One row; ``seats`` is "" without a limit, ``clock`` names a foreign time zone."""

    run: CourseRun
    state: Availability
    dates: str
    place: str
    place_url: str
    language: str
    seats: str
    clock: str
    meetings: tuple[Meeting, ...]


def run_rows(
    runs: Iterable[CourseRun], language: str, now: datetime, zone: str = ""
) -> list[RunRow]:
    """Runs that are not over, best first by date; those that are over only if there is no other.

    ``runs`` have their centres and sessions loaded; those without a centre go by ``zone``.
    """
    rows = [(run, run_availability(RunFacts.of(run, zone), now)) for run in runs]
    ahead = [(run, state) for run, state in rows if state.state != State.FINISHED]
    shown = ahead or sorted(rows, key=lambda row: row[1].date, reverse=True)[:1]
    return [_row(run, state, language) for run, state in shown[:SHOWN]]


def _row(run: CourseRun, state: Availability, language: str) -> RunRow:
    centre, zone = run.centre if run.centre_id else None, state.zone
    place, place_url = _("Online"), ""
    if centre is not None:
        place, place_url = str(centre.name), centre_url(centre.pk, str(centre.name), language)
    elif run.mode in {"classroom", "blended"}:
        place = _("Place to be announced")
    over = state.state == State.FINISHED
    return RunRow(
        run=run,
        state=state,
        dates=_dates(run, zone),
        place=place,
        place_url=place_url,
        language=language_name(run.language, language) if run.language else "",
        seats="" if state.seats_left is None or over else str(state.seats_left),
        clock=zone_note(zone),
        meetings=() if over else tuple(_meeting(session, zone) for session in run.sessions.all()),
    )


def _dates(run: CourseRun, zone: str) -> str:
    if run.start is None:
        return _("Any time") if run.pace == "self" else _("To be announced")
    if run.end is None:
        return written_day(run.start, zone)
    return written_days(run.start, last_day(run.end), zone)


def _meeting(session, zone: str) -> Meeting:
    room = session.room
    zone = room.centre.time_zone if room else zone
    return Meeting(
        day=written_weekday(session.start, zone),
        hours=f"{written_time(session.start, zone)}–{written_time(session.end, zone)}",
        room=str(room) if room else "",
        title=str(session.title),
    )
