"""How many public courses there are: in all, by provider, by subject; kept until a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Value, When

from catalog.models import Course, CourseText
from home.cache import kept

from .vocabulary import SubjectFact, subject_path, subjects


@dataclass(frozen=True)
class Branch:
    """A subject with the number of its public courses, those of the subjects below included."""

    subject: SubjectFact
    count: int
    children: tuple[Branch, ...] = ()


class Counted(Sequence):
    """Rows whose number is known already: a paginator need not count them again."""

    def __init__(self, rows: QuerySet, count: int) -> None:
        self._rows, self._count = rows, count

    def __getitem__(self, index: int | slice) -> object:
        """Rows of one page."""
        return self._rows[index]

    def __len__(self) -> int:
        return self._count


@kept
def public_count() -> int:
    """All public courses."""
    return Course.objects.public().count()


@kept
def provider_counts() -> dict[int, int]:
    """Public courses by the number of their provider."""
    rows = Course.objects.public().order_by().values_list("provider")
    return dict(rows.annotate(count=Count("pk")))


@kept
def subject_tree() -> tuple[Branch, ...]:
    """The two upper levels of subjects that have public courses, in the portal's order."""
    top, second = _counts_at(0), _counts_at(1)

    def branches(parent: int | None, counts: dict[int, int]) -> list[SubjectFact]:
        return [s for s in subjects().values() if s.parent == parent and counts.get(s.pk)]

    return tuple(
        Branch(
            subject,
            top[subject.pk],
            tuple(Branch(child, second[child.pk]) for child in branches(subject.pk, second)),
        )
        for subject in branches(None, top)
    )


def _counts_at(level: int) -> dict[int, int]:
    """Public courses by subject of a level (0 is the top), each course once. One query."""
    members: dict[int, list[int]] = {}
    for number in subjects():
        path = subject_path(number)
        if len(path) > level:
            members.setdefault(path[level].pk, []).append(number)
    if not members:
        return {}
    live = CourseText.objects.filter(course=OuterRef("course_id"), live=True)
    rows = Course.subjects.through.objects.filter(Exists(live), course__withdrawn_at=None)
    whens = [When(subject_id__in=below, then=Value(number)) for number, below in members.items()]
    return {
        number: count
        for number, count in rows.annotate(branch=Case(*whens))
        .values_list("branch")
        .annotate(count=Count("course_id", distinct=True))
        if number is not None
    }
