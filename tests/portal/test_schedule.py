"""Jobs run when they are due, once, and one that fails does not stop the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.changes import announce_due
from catalog.models import Course
from portal.models import JobRun
from portal.schedule import Job, run_due
from search.models import OutboxEntry
from tests.factories import make_course, make_run, make_text

pytestmark = pytest.mark.django_db


def job(name: str, done: list[str]) -> Job:
    return Job(name, timedelta(minutes=5), lambda: done.append(name))


def test_a_job_runs_at_once_and_then_only_when_it_is_due_again():
    done: list[str] = []
    jobs = (job("a", done),)
    assert run_due(jobs) == ["a"]
    assert run_due(jobs) == []
    JobRun.objects.update(started_at=timezone.now() - timedelta(minutes=6))
    assert run_due(jobs) == ["a"]
    assert done == ["a", "a"]


def test_a_failing_job_is_recorded_and_the_next_one_still_runs():
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("the mail server is away")

    run_due((Job("bad", timedelta(minutes=1), fail), job("good", done)))
    assert done == ["good"]
    assert "the mail server is away" in JobRun.objects.get(name="bad").error


def test_a_course_is_announced_when_its_run_changes_state_by_the_clock():
    now = timezone.now()
    course = make_course()
    run = make_run(course, enrolment_start=now - timedelta(days=2), enrolment_end=now)
    Course.objects.filter(pk=course.pk).update(next_change_at=now - timedelta(seconds=1))
    other = make_course()
    make_run(other, enrolment_start=now + timedelta(days=2), enrolment_end=now + timedelta(days=3))
    OutboxEntry.objects.all().delete()
    assert announce_due() == 1
    assert [entry.key for entry in OutboxEntry.objects.all()] == [f"course:{course.pk}"]
    course.refresh_from_db()
    assert course.next_change_at is None or course.next_change_at > now
    assert run.course_id == course.pk


def test_saving_a_run_stores_when_the_course_changes_next():
    opens = timezone.now() + timedelta(days=3)
    course = make_course()
    make_run(course, enrolment_start=opens, enrolment_end=opens + timedelta(days=5))
    course.refresh_from_db()
    assert course.next_change_at == opens


def test_scheduled_texts_are_published_by_the_clock():
    course = make_course({"az": "Kurs"})
    text = make_text(course, "en", "Scheduled course", live=False)
    text.go_live_at = timezone.now() - timedelta(minutes=1)
    text.save_revision(approved_go_live_at=text.go_live_at)
    run_due()
    text.refresh_from_db()
    assert text.live
