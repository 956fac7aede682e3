"""Whether a course can be joined now: one rule for pages, search documents, API and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

CLOSING_SOON = timedelta(days=3)


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
    """What the rule needs to know of a run; all moments are aware."""

    start: datetime | None = None
    end: datetime | None = None
    enrolment_start: datetime | None = None
    enrolment_end: datetime | None = None
    seats: int | None = None
    taken: int = 0
    self_paced: bool = False
    cancelled: bool = False

    def __post_init__(self) -> None:
        """Refuses moments without a time zone: comparing them would be a guess."""
        for moment in (self.start, self.end, self.enrolment_start, self.enrolment_end):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a run needs moments with a time zone")

    @classmethod
    def of(cls, run: Any) -> RunFacts:
        """From a ``CourseRun``."""
        return cls(
            start=run.start,
            end=run.end,
            enrolment_start=run.enrolment_start,
            enrolment_end=run.enrolment_end,
            seats=run.seats,
            taken=run.seats_taken,
            self_paced=run.pace == "self",
            cancelled=run.cancelled,
        )

    @property
    def seats_left(self) -> int | None:
        """None when there is no limit."""
        return None if self.seats is None else max(0, self.seats - self.taken)


@dataclass(frozen=True)
class Availability:
    """The state, the moment its words speak of, and when they change by themselves next."""

    state: State
    date: datetime | None = None
    seats_left: int | None = None
    closing: bool = False
    next_change: datetime | None = None

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
    """The state of one run at ``now`` (aware)."""
    if run.cancelled:
        return Availability(State.CANCELLED)
    ends = None if run.self_paced and run.end is None else (run.end or run.start)
    if ends is not None and ends <= now and not (run.end is None and run.self_paced):
        return Availability(State.FINISHED, date=ends)
    changes = [ends, run.start]
    if run.enrolment_start is not None and now < run.enrolment_start:
        return _at(State.UPCOMING, run.enrolment_start, run, now, [run.enrolment_start, *changes])
    closes = run.enrolment_end
    if closes is None and not run.self_paced:
        closes = run.start
    if closes is not None and closes <= now:
        state = State.RUNNING if run.start is not None and run.start <= now else State.CLOSED
        return _at(state, run.start if state == State.CLOSED else ends, run, now, changes)
    if run.start is None and not run.self_paced and closes is None:
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
    return Availability(state, date, run.seats_left, closing, min(later, default=None))


def course_availability(
    runs: Iterable[RunFacts], kind: str, enrolment: str, now: datetime
) -> Availability:
    """The best of the runs; a course without any is open any time, or has no dates yet.

    Materials (video, slides, document) without runs are there any time unless enrolment is closed.
    Among equal states the earliest date wins; ``next_change`` is the earliest of all runs.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    found = [run_availability(run, now) for run in runs]
    changes = [one.next_change for one in found if one.next_change is not None]
    if enrolment == "closed":
        return Availability(State.CLOSED, next_change=min(changes, default=None))
    found = [one for one in found if one.state != State.CANCELLED] or found
    if not found:
        material = kind in {"video", "slides", "document"}
        return Availability(State.ANYTIME if material else State.ANNOUNCED)
    far = datetime.max.replace(tzinfo=now.tzinfo)
    best = min(found, key=lambda one: (_RANK[one.state], one.date or far))
    return Availability(
        best.state, best.date, best.seats_left, best.closing, min(changes, default=None)
    )


def _words(one: Availability) -> str:
    date = written_date(one.date)
    match one.state:
        case State.OPEN if one.closing:
            return _("Enrolment closes soon: %(date)s") % {"date": date}
        case State.OPEN:
            return _("Enrolment open until %(date)s") % {"date": date}
        case State.ANYTIME:
            return _("Start any time")
        case State.UPCOMING:
            return _("Enrolment opens on %(date)s") % {"date": date}
        case State.ANNOUNCED:
            return _("Dates will be announced")
        case State.FULL:
            return _("All seats are taken")
        case State.RUNNING:
            return _("Under way; enrolment is closed")
        case State.CLOSED if one.date:
            return _("Enrolment is closed; starts on %(date)s") % {"date": date}
        case State.CLOSED:
            return _("Enrolment is closed")
        case State.FINISHED:
            return _("Finished on %(date)s") % {"date": date}
        case _:
            return _("Cancelled")


def written_date(moment: datetime | None, *, clock: bool = False) -> str:
    """A day as people write it in the reader's language, in the portal's time zone."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    words = formats.date_format(local, "DATE_FORMAT")
    return f"{words}, {local:%H:%M}" if clock else words
