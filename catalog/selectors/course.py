"""What a course's page needs besides its texts, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Prefetch, Value, prefetch_related_objects

from catalog.availability import RunFacts, State, run_availability
from catalog.models import (
    Course,
    CourseLanguage,
    CourseRun,
    CourseText,
    Programme,
    RunSession,
)
from home.cache import kept

from .texts import CourseName, course_names

RELATED = 6
_OVER = frozenset({State.FINISHED, State.CANCELLED})


@dataclass(frozen=True)
class CourseParts:
    """Rows around a course; subjects, competencies, countries and institutions are numbers."""

    subjects: tuple[int, ...] = ()
    competencies: tuple[int, ...] = ()
    countries: tuple[int, ...] = ()
    institutions: tuple[int, ...] = ()
    languages: tuple[CourseLanguage, ...] = ()
    runs: tuple[CourseRun, ...] = ()
    related: tuple[CourseName, ...] = ()
    programmes: tuple[Programme, ...] = ()


def find_course(number: int) -> Course | None:
    """A course with at least one published text, in ``live_texts``; withdrawn ones too. 2 queries.

    None for drafts and for numbers that are nobody's.
    """
    texts = CourseText.objects.filter(live=True).select_related("locale")
    course = (
        Course.objects.filter(pk=number)
        .select_related("lms", "image")
        .defer("admin_search")
        .prefetch_related(Prefetch("texts", texts, to_attr="live_texts"))
        .first()
    )
    return course if course and course.live_texts else None


def course_parts(course: Course, now: datetime) -> CourseParts:
    """Everything around ``course``: six queries; none for one that is not saved yet."""
    if course.pk is None:
        return _unsaved_parts(course)
    numbers = _numbers(course.pk)
    return CourseParts(
        subjects=numbers["subjects"],
        competencies=numbers["competencies"],
        countries=numbers["audience_countries"],
        institutions=numbers["audience_institutions"],
        languages=tuple(CourseLanguage.objects.filter(course=course.pk).order_by("pk")),
        runs=tuple(_runs(course.pk, now)),
        related=tuple(_related(course.pk, numbers["subjects"])),
        programmes=tuple(
            Programme.objects.filter(live=True, steps__course=course.pk).only("title", "summary")
        ),
    )


def _numbers(number: int) -> dict[str, tuple[int, ...]]:
    """Numbers of what a course refers to, all four kinds in one query, in the order of choice."""
    parts = []
    for name in ("subjects", "competencies", "audience_countries", "audience_institutions"):
        field = Course._meta.get_field(name)
        rows = field.remote_field.through.objects.filter(course_id=number)
        kind = Value(name, output_field=CharField())
        parts.append(rows.values_list(kind, "pk", field.m2m_reverse_field_name() + "_id"))
    found: dict[str, list[int]] = defaultdict(list)
    for name, _order, target in parts[0].union(*parts[1:], all=True).order_by("pk"):
        found[name].append(target)
    return defaultdict(tuple, {name: tuple(targets) for name, targets in found.items()})


def _runs(number: int, now: datetime) -> Iterable[CourseRun]:
    """All runs with their centres; with sessions and rooms where they are not over."""
    runs = list(CourseRun.objects.filter(course=number).select_related("centre"))
    ahead = [run for run in runs if run_availability(RunFacts.of(run), now).state not in _OVER]
    sessions = RunSession.objects.select_related("room__centre")
    prefetch_related_objects(ahead, Prefetch("sessions", sessions))
    return runs


def _related(number: int, subjects: tuple[int, ...]) -> list[CourseName]:
    """What its editors chose, filled up with the newest of its subjects."""
    chosen = Course.related.through.objects.filter(from_course_id=number)
    texts = CourseText.objects.filter(course__in=chosen.values("to_course_id"))
    found = {name.number: name for name in course_names(texts.order_by("course_id", "pk"))}
    for subject in subjects:
        for name in newest_in_subject(subject):
            if len(found) < RELATED and name.number != number:
                found.setdefault(name.number, name)
    return list(found.values())[:RELATED]


@kept
def newest_in_subject(number: int) -> tuple[CourseName, ...]:
    """The newest public courses of a subject, enough to leave one out."""
    rows = Course.objects.public().filter(subjects=number).order_by("-pk")
    numbers = list(rows.values_list("pk", flat=True)[: RELATED + 1])
    texts = CourseText.objects.filter(course__in=numbers).order_by("-course_id", "pk")
    return tuple(course_names(texts))


def _unsaved_parts(course: Course) -> CourseParts:
    return CourseParts(
        subjects=tuple(row.pk for row in course.subjects.all()),
        competencies=tuple(row.pk for row in course.competencies.all()),
        countries=tuple(row.pk for row in course.audience_countries.all()),
        institutions=tuple(row.pk for row in course.audience_institutions.all()),
        languages=tuple(course.languages.all()),
    )
