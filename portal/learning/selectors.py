"""What "My learning" shows, in a fixed number of queries however much it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
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

MOST = 200
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
        if told.grade_max:
            return _("%(grade)g of %(most)g") % {"grade": told.grade, "most": told.grade_max}
        return f"{told.grade:g}"

    @property
    def percent(self) -> int | None:
        """Whole percents from 0 to 100."""
        told = self.progress
        if told is None or told.percent is None:
            return None
        return round(min(100.0, max(0.0, told.percent)))


@dataclass(frozen=True)
class Learning:
    """``current`` by what comes next, ``over`` newest first, ``given_back`` likewise."""

    current: list[Item]
    over: list[Item]
    given_back: list[Item]

    @property
    def is_empty(self) -> bool:
        """True when nothing was ever asked for."""
        return not (self.current or self.over or self.given_back)


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
    current.sort(key=lambda item: (item.next is None, item.next or now, item.row.pk))
    return Learning(
        current=current,
        over=[item for item in kept if item.is_over],
        given_back=[item for item in items if item not in kept],
    )


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


def _next(row: Enrolment, now: datetime) -> datetime | None:
    """When the person has to be somewhere next."""
    ahead = [session.start for session in row.run.sessions.all() if session.end > now]
    if ahead:
        return min(ahead)
    return row.run.start if row.run.start and row.run.start > now else None
