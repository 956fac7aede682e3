"""Mails that the clock asks for: enrolment has opened, the run begins soon or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.availability import Availability, RunFacts, course_availability
from catalog.models import Course
from catalog.people.models import User

from . import mailing, waking
from .models import Enrolment, Mail, OpenNotice
from .settling import CANCELLED as RUN_CANCELLED

BATCH = 500
BEFORE = timedelta(days=1)
# Reminders for those who got their place this shortly before would only repeat the confirmation.
FRESH = timedelta(hours=12)


def availability_of(course: Course, now: datetime) -> Availability:
    """The state of a whole course; one query."""
    facts = [RunFacts.of(run) for run in course.runs.all()]
    return course_availability(facts, course.kind, course.enrolment, now)


def want_notice(person: User, course: Course, language: str) -> bool:
    """Remember who wants to hear; False when they had asked before."""
    _row, is_new = OpenNotice.objects.get_or_create(
        person=person, course=course, defaults={"language": language}
    )
    return is_new


def drop_notice(person: User, course: Course) -> None:
    """They do not want to hear any more."""
    OpenNotice.objects.filter(person=person, course=course).delete()


def tell_openings(now: datetime | None = None) -> int:
    """Write to those who wait for a course that can be joined now; returns how many mails."""
    now = now or timezone.now()
    waiting = OpenNotice.objects.order_by().values("course").distinct()
    courses = Course.objects.public().filter(pk__in=waiting)
    open_ones = [
        course
        for course in courses.prefetch_related("runs__centre").iterator(chunk_size=BATCH)
        if availability_of(course, now).can_join
    ]
    return sum(_tell_opening(course) for course in open_ones)


@transaction.atomic
def _tell_opening(course: Course) -> int:
    rows = OpenNotice.objects.select_for_update(of=("self",)).select_related("person")
    notices = list(rows.filter(course=course).order_by("pk")[:BATCH])
    mails = [
        Mail(
            kind=Mail.Kind.OPENED,
            to=notice.person.email,
            language=mailing.known_language(notice.person.language, notice.language),
            course=course,
        )
        for notice in notices
        if notice.person.email and notice.person.is_active
    ]
    Mail.objects.bulk_create(mails)
    OpenNotice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()
    waking.on_commit()
    return len(mails)


def remind(now: datetime | None = None) -> int:
    """Write to those whose run begins within a day, once; returns how many mails."""
    now = now or timezone.now()
    soon = _with_a_place().filter(
        reminded_at=None,
        run__cancelled=False,
        run__start__gt=now,
        run__start__lte=now + BEFORE,
        wanted_at__lte=now - FRESH,
    )
    return sum(_remind(pk, now) for pk in list(soon.values_list("pk", flat=True)[:BATCH]))


def _with_a_place() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        wanted=True,
        work=Enrolment.Work.SETTLED,
        place__in=(Enrolment.Place.ACTIVE, Enrolment.Place.AT_LAUNCH),
    )


@transaction.atomic
def tell_cancellations(now: datetime | None = None) -> int:
    """Write to those who have a place in a run that was cancelled and is not over, once; returns
    how many mails."""
    now = now or timezone.now()
    told = Mail.objects.filter(enrolment=OuterRef("pk"), kind=Mail.Kind.CANCELLED)
    rows = _with_a_place().filter(~Exists(told), run__cancelled=True, person__is_active=True)
    rows = rows.filter(Q(run__end=None) | Q(run__end__gt=now)).exclude(person__email="")
    # Locked, so that two workers do not write twice; a wish given back meanwhile is another row.
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    waiting = list(locked.select_related("person").order_by("pk")[:BATCH])
    for row in waiting:
        mailing.to_person(row, Mail.Kind.CANCELLED, reason=RUN_CANCELLED)
    if waiting:
        waking.on_commit()
    return len(waiting)


@transaction.atomic
def _remind(number: int, now: datetime) -> bool:
    row = Enrolment.objects.select_related("person").get(pk=number)
    mine = Enrolment.objects.filter(pk=number, reminded_at=None).update(reminded_at=now)
    if mine:
        mailing.to_person(row, Mail.Kind.REMINDER)
        waking.on_commit()
    return bool(mine)
