"""The training framework: every competency with the courses that build it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from catalog.models import Competency, Course, CourseText
from home.cache import kept
from home.languages.collation import sort_key
from home.languages.translated import Translated

from .texts import CourseLink, CourseName, course_names

# Courses named below a competency; search has the others.
NAMED = 12


@dataclass(frozen=True)
class CompetencyRow:
    """A competency with the number of its public courses and links to the first of them.

    ``language`` is that of the name, ``described_in`` that of the description.
    """

    code: str
    name: str
    language: str
    description: str
    described_in: str
    count: int
    courses: tuple[CourseLink, ...]


def framework(language: str) -> list[CompetencyRow]:
    """Competencies that have public courses, in alphabetical order. No queries while kept."""
    rows = [_row(*known, language) for known in _competencies()]
    return sorted(rows, key=lambda row: sort_key(row.name, language))


@kept
def _competencies() -> tuple[tuple[str, Translated, Translated, int, tuple[CourseName, ...]], ...]:
    """Code, name, description, number of courses and the first of them. Four queries."""
    links = _links()
    counts = dict(links.values_list("competency").annotate(count=Count("course")))
    place = Window(RowNumber(), partition_by=F("competency"), order_by=F("course__code").asc())
    named: dict[int, list[int]] = defaultdict(list)
    for competency, course in (
        links.annotate(place=place).filter(place__lte=NAMED).values_list("competency", "course")
    ):
        named[competency].append(course)
    wanted = {number for numbers in named.values() for number in numbers}
    texts = CourseText.objects.filter(course__in=wanted).order_by("course__code", "pk")
    names = {name.number: name for name in course_names(texts)}
    return tuple(
        (
            row.code,
            row.name,
            row.description,
            counts[row.pk],
            tuple(names[n] for n in named[row.pk]),
        )
        for row in Competency.objects.filter(pk__in=counts)
    )


def _links() -> QuerySet:
    """Competencies of public courses."""
    live = CourseText.objects.filter(course=OuterRef("course_id"), live=True)
    rows = Course.competencies.through.objects.filter(Exists(live), course__withdrawn_at=None)
    return rows.order_by()


def _row(
    code: str,
    name: Translated,
    description: Translated,
    count: int,
    courses: tuple[CourseName, ...],
    language: str,
) -> CompetencyRow:
    links = [course.link(language) for course in courses]
    return CompetencyRow(
        code=code,
        name=name.text(language),
        language=name.language(language),
        description=description.text(language),
        described_in=description.language(language),
        count=count,
        courses=tuple(sorted(links, key=lambda link: sort_key(link.title, language))),
    )
