"""Whether a course can be joined now: one rule for pages, search documents, API and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from home.languages.dates import last_day, written_day, written_time, zone_note

CLOSING_SOON = timedelta(days=3)
# A run whose end nobody has entered is over this long after its start.
UNKNOWN_LENGTH = timedelta(days=1)
MATERIALS = frozenset({"video", "slides", "document"})


class State(StrEnum):
    """Where a run or a course stands, best first: a course shows the best of its runs."""

    OPEN = "open"
    ANYTIME = "anytime"
    UPCOMING = "upcoming"
    ANNOUNCED = "announced"
    FULL = "full"
    RUNNING = "running"
    CLOSED = "closed"
    FINISHED = "finished"
    CANCELLED = "cancelled"


_RANK = {state: rank for rank, state in enumerate(State)}
JOINABLE = frozenset({State.OPEN, State.ANYTIME})


@dataclass(frozen=True)
class RunFacts:
    """What the rule needs to know of a run; all moments are aware.

    ``zone`` names the clock that the run's days go by, "" is the portal's.
    """

    start: datetime | None = None
    end: datetime | None = None
    enrolment_start: datetime | None = None
    enrolment_end: datetime | None = None
    seats: int | None = None
    taken: int = 0
    self_paced: bool = False
    cancelled: bool = False
    zone: str = ""

    def __post_init__(self) -> None:
        """Refuses moments without a time zone: comparing them would be a guess."""
        for moment in (self.start, self.end, self.enrolment_start, self.enrolment_end):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a run needs moments with a time zone")

    @classmethod
    def of(cls, run: Any, zone: str = "") -> RunFacts:
        """From a ``CourseRun``; the zone is that of its centre when that is loaded, else ``zone``.

        Runs without a centre go by the clocks of their provider's country.
        """
        centre = run._state.fields_cache.get("centre")
        return cls(
            start=run.start,
            end=run.end,
            enrolment_start=run.enrolment_start,
            enrolment_end=run.enrolment_end,
            seats=run.seats,
            taken=run.seats_taken,
            self_paced=run.pace == "self",
            cancelled=run.cancelled,
            zone=centre.time_zone if centre else zone,
        )

    @property
    def seats_left(self) -> int | None:
        """None when there is no limit."""
        return None if self.seats is None else max(0, self.seats - self.taken)

    @property
    def opens(self) -> datetime | None:
        """When enrolment opens; people who learn in their own time may not begin before."""
        if self.enrolment_start is not None or not self.self_paced or self.start is None:
            return self.enrolment_start
        is_earlier = self.enrolment_end is not None and self.enrolment_end <= self.start
        return None if is_earlier else self.start

    @property
    def closes(self) -> datetime | None:
        """When enrolment closes; a class that starts takes nobody more unless told otherwise."""
        if self.enrolment_end is not None or self.self_paced or self.start is None:
            return self.enrolment_end
        is_late = self.enrolment_start is not None and self.enrolment_start >= self.start
        return self.ends if is_late else self.start

    @property
    def ends(self) -> datetime | None:
        """When it is over; None while that is not known."""
        if self.end is not None or self.self_paced or self.start is None:
            return self.end
        return max(self.start + UNKNOWN_LENGTH, self.enrolment_end or self.start)


@dataclass(frozen=True)
class Availability:
    """The state, the moment its words speak of, and when they change by themselves next."""

    state: State
    date: datetime | None = None
    seats_left: int | None = None
    closing: bool = False
    next_change: datetime | None = None
    zone: str = ""

    @property
    def can_join(self) -> bool:
        """True when enrolment is possible now, for those entitled."""
        return self.state in JOINABLE

    @property
    def label(self) -> str:
        """A sentence in the reader's language."""
        return _words(self)

    @property
    def action(self) -> str:
        """The verb on the button; "" when there is nothing to do."""
        if self.state == State.ANYTIME:
            return _("Start learning")
        return _("Enrol") if self.can_join else ""


def run_availability(run: RunFacts, now: datetime) -> Availability:
    """The state of one run at ``now``; ValueError when ``now`` has no time zone.

    Each moment belongs to what begins with it: enrolment is closed at the very moment it closes.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    if run.cancelled:
        return Availability(State.CANCELLED, zone=run.zone)
    opens, closes, ends = run.opens, run.closes, run.ends
    if ends is not None and ends <= now:
        return Availability(State.FINISHED, date=ends, zone=run.zone)
    changes = [run.start, ends]
    if opens is not None and now < opens:
        return _at(State.UPCOMING, opens, run, now, [opens, *changes])
    if closes is not None and closes <= now:
        if run.start is not None and run.start <= now:
            return _at(State.RUNNING, ends, run, now, changes)
        return _at(State.CLOSED, run.start, run, now, changes)
    if closes is None and not run.self_paced:
        return _at(State.ANNOUNCED, None, run, now, changes)
    if run.seats_left == 0:
        return _at(State.FULL, run.start, run, now, [closes, *changes])
    if closes is None:
        return _at(State.ANYTIME, None, run, now, changes)
    warns = closes - CLOSING_SOON
    return _at(State.OPEN, closes, run, now, [warns, closes, *changes], closing=warns <= now)


def _at(
    state: State,
    date: datetime | None,
    run: RunFacts,
    now: datetime,
    changes: Iterable[datetime | None],
    *,
    closing: bool = False,
) -> Availability:
    later = [moment for moment in changes if moment is not None and moment > now]
    return Availability(state, date, run.seats_left, closing, min(later, default=None), run.zone)


def course_availability(
    runs: Iterable[RunFacts], kind: str, enrolment: str, now: datetime
) -> Availability:
    """The best of the runs; a course without any is open any time, or has no dates yet.

    Materials (video, slides, document) without runs are there any time unless enrolment is closed.
    Among equal states the earliest date wins, among finished runs the latest; ``next_change`` is
    the earliest of all runs.
    """
    found = [run_availability(run, now) for run in runs]
    changes = [one.next_change for one in found if one.next_change is not None]
    if enrolment == "closed":
        return Availability(State.CLOSED, next_change=min(changes, default=None))
    if not found:
        return Availability(State.ANYTIME if kind in MATERIALS else State.ANNOUNCED)
    return replace(min(found, key=_order), next_change=min(changes, default=None))


def _order(one: Availability) -> tuple[int, bool, float]:
    moment = one.date.timestamp() if one.date else 0.0
    return _RANK[one.state], one.date is None, -moment if one.state == State.FINISHED else moment


def _words(one: Availability) -> str:
    match one.state:
        case State.OPEN if one.closing:
            return _("Enrolment closes soon: %(date)s") % {"date": _to_the_minute(one)}
        case State.OPEN:
            return _("Enrolment open until %(date)s") % {"date": _last(one)}
        case State.ANYTIME:
            return _("Start any time")
        case State.UPCOMING:
            return _("Enrolment opens on %(date)s") % {"date": written_day(one.date, one.zone)}
        case State.ANNOUNCED:
            return _("Dates will be announced")
        case State.FULL:
            return _("All seats are taken")
        case State.RUNNING:
            return _("Under way; enrolment is closed")
        case State.CLOSED if one.date:
            date = written_day(one.date, one.zone)
            return _("Enrolment is closed; starts on %(date)s") % {"date": date}
        case State.CLOSED:
            return _("Enrolment is closed")
        case State.FINISHED:
            return _("Finished on %(date)s") % {"date": _last(one)}
        case _:
            return _("Cancelled")


def _last(one: Availability) -> str:
    return written_day(last_day(one.date), one.zone)


def _to_the_minute(one: Availability) -> str:
    words = f"{_last(one)}, {written_time(one.date, one.zone)}"
    if written_time(one.date, one.zone) == "00:00":
        words = f"{_last(one)}, 24:00"
    note = zone_note(one.zone)
    return f"{words} ({note})" if note else words
