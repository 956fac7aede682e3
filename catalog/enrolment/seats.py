"""Seats of a run, counted under its lock, and told to pages when their words change."""

from __future__ import annotations

from django.db import transaction

from catalog.availability import RunFacts, State, run_availability
from catalog.changes import refresh_next_change
from catalog.models import CourseRun
from catalog.signals import announce_courses

from .models import Capacity, Enrolment

BATCH = 500


def lock_run(number: int) -> CourseRun:
    """The run, its course and LMS; nobody else may give or take seats until the transaction ends.

    CourseRun.DoesNotExist when there is none. On SQLite the transaction itself is the lock.
    """
    runs = CourseRun.objects.select_for_update(of=("self",))
    return runs.select_related("course__lms", "centre").get(pk=number)


def recount(run: CourseRun, now) -> None:
    """Make ``seats_taken`` of a locked run true; announces the course when its state turned."""
    own = Enrolment.objects.filter(run=run).holding().count()
    capacity, is_new = Capacity.objects.get_or_create(
        run=run, defaults={"elsewhere": max(0, run.seats_taken - own), "counted": run.seats_taken}
    )
    moved = 0 if is_new else run.seats_taken - capacity.counted
    elsewhere = max(0, capacity.elsewhere + moved)
    before, taken = _state(run, now), elsewhere + own
    if (taken, elsewhere) == (run.seats_taken, capacity.elsewhere) and not moved:
        return
    run.seats_taken = taken
    CourseRun.objects.filter(pk=run.pk).update(seats_taken=taken)
    turned = _state(run, now) != before
    Capacity.objects.filter(run=run).update(elsewhere=elsewhere, counted=taken, announced=turned)
    if turned:
        refresh_next_change([run.course_id])
        announce_courses([run.course_id])


def _state(run: CourseRun, now) -> State:
    return run_availability(RunFacts.of(run), now).state


def announce_seats() -> int:
    """Tell pages and index how many seats are left now; returns the number of courses.

    A number that is some moments old does no harm: who enrols is counted anew.
    """
    count = 0
    while True:
        with transaction.atomic():
            rows = Capacity.objects.filter(announced=False).order_by("pk")
            found = list(rows.values_list("pk", "run__course_id")[:BATCH])
            if not found:
                return count
            Capacity.objects.filter(pk__in=[pk for pk, _course in found]).update(announced=True)
            courses = {course for _pk, course in found}
            announce_courses(courses)
            count += len(courses)
