"""Which courses a change touches, and when their words change next by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from .bulk import update_rows
from .models import Course, CourseRun, RunSession
from .signals import announce_courses

BATCH = 500


def courses_touched_by(instance: Model) -> list[int]:
    """Numbers of the courses whose page or search document shows ``instance``."""
    if isinstance(instance, Course):
        return [instance.pk]
    if isinstance(instance, RunSession):
        return list(
            CourseRun.objects.filter(pk=instance.run_id).values_list("course_id", flat=True)
        )
    return [instance.course_id]


def refresh_next_change(numbers: Iterable[int]) -> None:
    """Store for each course when its availability changes next; constant queries per batch."""
    from .availability import RunFacts, course_availability

    wanted, now = sorted(set(numbers)), timezone.now()
    for i in range(0, len(wanted), BATCH):
        courses = list(
            Course.objects.filter(pk__in=wanted[i : i + BATCH])
            .only("pk", "kind", "enrolment", "next_change_at")
            .order_by("pk")
            .prefetch_related("runs")
        )
        changed = []
        for course in courses:
            facts = [RunFacts.of(run) for run in course.runs.all()]
            moment = course_availability(facts, course.kind, course.enrolment, now).next_change
            if moment != course.next_change_at:
                course.next_change_at = moment
                changed.append(course)
        update_rows(changed, ["next_change_at"])


def announce_due() -> int:
    """Announce the courses whose state has changed with time; returns how many."""
    count = 0
    while True:
        with transaction.atomic():
            due = list(
                Course.objects.due(timezone.now())
                .order_by("pk")
                .values_list("pk", flat=True)[:BATCH]
            )
            if not due:
                return count
            # The version row is locked last, as by every editor's save: no two wait for each other.
            refresh_next_change(due)
            announce_courses(due)
            count += len(due)
