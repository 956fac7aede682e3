"""What a course's page needs besides its texts, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects

from catalog.availability import RunFacts, State, run_availability
from catalog.models import (
    Course,
    CourseLanguage,
    CourseRun,
    CourseText,
    Programme,
    Room,
)
from home.cache import kept

from .texts import CourseName, course_names

RELATED = 6
_REFERENCES = (
    *("subjects", "competencies", "audience_countries", "audience_institutions", "related"),
)
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
    rows = Course.objects.filter(pk=number).select_related("lms", "image").defer("admin_search")
    if (course := next(iter(rows.order_by()), None)) is None:
        return None
    course.live_texts = list(course.texts.filter(live=True).select_related("locale"))
    return course if course.live_texts else None


def course_parts(course: Course, now: datetime) -> CourseParts:
    """Everything around ``course``: six queries at most; none for one that is not saved yet."""
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
        related=tuple(_related(course.pk, numbers["related"], numbers["subjects"])),
        programmes=tuple(
            Programme.objects.filter(live=True, steps__course=course.pk).only("title", "summary")
        ),
    )


def _numbers(number: int) -> dict[str, tuple[int, ...]]:
    """Numbers of what a course refers to, every kind in one query, in the order of choice."""
    statement = _numbers_sql()
    found: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, [number] * len(_REFERENCES))
        for name, _order, target in cursor.fetchall():
            found[name].append(target)
    return defaultdict(tuple, {name: tuple(targets) for name, targets in found.items()})


@cache
def _numbers_sql() -> str:
    """Written once per process: putting it together costs more than its answer."""
    quote, parts = connection.ops.quote_name, []
    for name in _REFERENCES:
        field = Course._meta.get_field(name)
        table = quote(field.remote_field.through._meta.db_table)
        own, other = quote(field.m2m_column_name()), quote(field.m2m_reverse_name())
        # Nothing here comes from outside.
        parts.append(f"SELECT '{name}', id, {other} FROM {table} WHERE {own} = %s")  # noqa: S608
    return " UNION ALL ".join(parts) + " ORDER BY 2"


def _runs(number: int, now: datetime) -> Iterable[CourseRun]:
    """All runs with their centres; with sessions and rooms where they are not over."""
    runs = list(CourseRun.objects.filter(course=number).select_related("centre"))
    ahead = [run for run in runs if run_availability(RunFacts.of(run), now).state not in _OVER]
    # A few rooms serve many sessions: each is made once.
    rooms = Prefetch("sessions__room", Room.objects.select_related("centre"))
    prefetch_related_objects(ahead, "sessions", rooms)
    return runs


def _related(number: int, chosen: tuple[int, ...], subjects: tuple[int, ...]) -> list[CourseName]:
    """What its editors chose, filled up with the newest of its subjects."""
    texts = CourseText.objects.filter(course__in=chosen).order_by("course_id", "pk")
    found = {name.number: name for name in course_names(texts)} if chosen else {}
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
