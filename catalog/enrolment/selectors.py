"""What pages show of enrolments, each in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from catalog.models import Course, CourseRun, RunSession
from catalog.people.models import User
from catalog.views.runs import RunRow, run_rows

from .deciding import Decision, Wish, decide
from .models import Enrolment
from .offers import offer_of


@dataclass(frozen=True)
class Choice:
    """A run as it is offered to one person."""

    run: CourseRun
    row: RunRow
    decision: Decision

    @property
    def is_offered(self) -> bool:
        """True when the person can ask for it, perhaps with a key or a manager's address."""
        return self.decision.is_yes or self.decision.asks_for_more


def own(person: User) -> QuerySet[Enrolment]:
    """The enrolments of a person with what pages say about them."""
    return Enrolment.objects.filter(person=person).select_related(
        "run__course", "run__centre", "connection", "person"
    )


def own_in(person: User, course: Course) -> list[Enrolment]:
    """What the person has asked for in this course and not given back; one query."""
    return list(own(person).filter(run__course=course, wanted=True).order_by("-wanted_at"))


def choices(course: Course, person: User, language: str, now: datetime) -> list[Choice]:
    """The runs of a course (with its LMS) that are not over, best first by date."""
    sessions = RunSession.objects.select_related("room__centre")
    runs = list(
        CourseRun.objects.filter(course=course)
        .select_related("centre")
        .prefetch_related(Prefetch("sessions", sessions))
    )
    for run in runs:
        run.course = course
    return [
        Choice(row.run, row, decide(offer_of(row.run, person), Wish(), now))
        for row in run_rows(runs, language, now)
    ]
