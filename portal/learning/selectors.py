"""What "My learning" shows, in a fixed number of queries however much it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from catalog.addresses import course_url
from catalog.enrolment.models import Enrolment
from catalog.enrolment.selectors import own
from catalog.enrolment.sentences import State, state_of
from catalog.models import CourseText, RunSession
from catalog.people.models import User
from catalog.selectors.texts import text_for
from catalog.views.runs import RunRow, run_rows

from .models import Progress
from .outside import Outside, outside

MOST = 200
SOON = timedelta(days=2)
Work = Enrolment.Work


@dataclass(frozen=True)
class Item:
    """One thing that a person asked for. ``next``: the next session or the start, if ahead.

    ``may_enter``: there is a place, and the way into the course can be tried.
    """

    row: Enrolment
    title: str
    language: str
    url: str
    state: State
    run: RunRow
    next: datetime | None
    may_enter: bool
    progress: Progress | None
    is_over: bool

    @property
    def grade(self) -> str:
        """The grade in words; "" when the LMS tells none."""
        told = self.progress
        if told is None or told.grade is None:
            return ""
        grade = _number(told.grade)
        if told.grade_max:
            words = {"grade": grade, "most": _number(told.grade_max)}
            return _("%(grade)s of %(most)s") % words
        return grade

    @property
    def why(self) -> str:
        """What keeps the place away, and what to do; "" when there is one."""
        if self.state.tone == "good":
            return ""
        return " ".join(filter(None, (self.state.why, self.state.advice)))

    @property
    def percent(self) -> int | None:
        """Whole percents from 0 to 100."""
        told = self.progress
        if told is None or told.percent is None:
            return None
        return round(min(100.0, max(0.0, told.percent)))


@dataclass(frozen=True)
class Learning:
    """``current`` by what needs the person first, the others newest first.

    ``outside`` is what was opened at a provider, without the portal.
    """

    current: list[Item]
    outside: list[Outside]
    over: list[Item]
    given_back: list[Item]

    @property
    def is_empty(self) -> bool:
        """True when nothing was ever asked for."""
        return not (self.current or self.outside or self.over or self.given_back)


def learning(person: User, language: str, now: datetime) -> Learning:
    """Everything a person asked for; at most the ``MOST`` newest."""
    texts = CourseText.objects.filter(live=True).select_related("locale")
    sessions = RunSession.objects.select_related("room__centre")
    rows = (
        own(person)
        .select_related("progress")
        .prefetch_related(
            Prefetch("run__course__texts", texts.defer("body")), Prefetch("run__sessions", sessions)
        )
        .order_by("-wanted_at")[:MOST]
    )
    items = [_item(row, language, now) for row in rows]
    kept = [item for item in items if item.row.wanted and item.row.work != Work.REFUSED]
    current = [item for item in kept if not item.is_over]
    current.sort(key=lambda item: _order(item, now))
    return Learning(
        current=current,
        outside=outside(person, language),
        over=[item for item in kept if item.is_over],
        given_back=[item for item in items if item not in kept],
    )


def _number(value: float) -> str:
    """As short as it can be, with the comma or the point of the language."""
    return number_format(Decimal(f"{value:.2f}").normalize() + 0)


def _item(row: Enrolment, language: str, now: datetime) -> Item:
    course = row.run.course
    text = text_for(course.texts.all(), language, course.source_language)
    title = text.title if text else course.code
    progress = getattr(row, "progress", None)
    is_over = bool(row.run.end and row.run.end < now) or row.run.cancelled
    return Item(
        row=row,
        title=title,
        language=text.language if text else language,
        url="" if course.is_withdrawn or not text else course_url(course.pk, title, language),
        state=state_of(row),
        run=run_rows([row.run], language, now)[0],
        next=_next(row, now),
        may_enter=row.is_confirmed and row.connection.active,
        progress=progress,
        is_over=is_over or bool(progress and progress.completed),
    )


def _order(item: Item, now: datetime) -> tuple[int, datetime, int]:
    """Who has to be somewhere soon; what can be gone on with; what has a date; the rest."""
    has_begun = item.may_enter and not (item.row.run.start and item.row.run.start > now)
    if item.next and item.next < now + SOON:
        rank = 0
    elif has_begun:
        rank = 1
    else:
        rank = 3 if item.next is None else 2
    return rank, item.next or now, item.row.pk


def _next(row: Enrolment, now: datetime) -> datetime | None:
    """When the person has to be somewhere next."""
    ahead = [session.start for session in row.run.sessions.all() if session.end > now]
    if ahead:
        return min(ahead)
    return row.run.start if row.run.start and row.run.start > now else None
