"""What editors do to a whole course or run: duplicate it, withdraw it, bring it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.languages.translated import Translated

from .models import Course, CourseLanguage, CourseRun, CourseText, RunSession
from .signals import announce_courses

_FACTS = (
    *("kind", "provider_id", "level", "mode", "workload", "audience", "enrolment"),
    *("contact_name", "contact_email", "contact_phone", "image_id", "lms_id", "source_language"),
)
_MANY = ("subjects", "competencies", "audience_countries", "audience_institutions")
_WORDS = (
    *("locale_id", "title", "summary", "body", "outline", "outcomes"),
    *("search_words", "origin", "written_in", "made_from"),
)
_RUN = (
    *("pace", "mode", "language", "start", "end", "enrolment_start", "enrolment_end"),
    *("seats", "centre_id", "cancelled", "note"),
)
_SESSION = ("start", "end", "room_id", "title")


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def free_code(code: str, is_taken: Callable[[str], bool], longest: int = 60) -> str:
    """``code`` with the first number from 2 up that nobody uses: ``QK-1-2``."""
    number = 2
    while True:
        ending = f"-{number}"
        candidate = code[: longest - len(ending)] + ending
        if not is_taken(candidate):
            return candidate
        number += 1


@transaction.atomic
def duplicate_course(course: Course, user: Any = None, *, with_runs: bool = False) -> Course:
    """A copy of the facts under a new code, the texts as drafts, and the runs if wanted.

    What names one thing outside the portal is not copied: keys in the LMS and in the source.
    """
    copy = Course(
        code=free_code(course.code, lambda code: Course.objects.filter(code=code).exists()),
        **_values(course, _FACTS),
    )
    for name in _MANY:
        setattr(copy, name, list(getattr(course, name).all()))
    copy.languages = [
        CourseLanguage(role=row.role, language=row.language, origin=row.origin)
        for row in course.languages.all()
    ]
    copy.save()
    copy.related.set(course.related.all())
    copy.save_revision(user=user)
    for text in course.texts.select_related("locale").order_by("pk"):
        words = CourseText(
            course=copy, live=False, has_unpublished_changes=True, **_values(text, _WORDS)
        )
        words.save()
        words.save_revision(user=user, clean=False)
    if with_runs:
        for run in course.runs.all():
            _copy_run(run, copy, run.code, user)
    log(instance=copy, action="wagtail.create", user=user, data={"duplicate_of": course.pk})
    announce_courses([copy.pk])
    return copy


@transaction.atomic
def duplicate_run(run: CourseRun, user: Any = None) -> CourseRun:
    """A copy of a run with its dates and sessions, without its learners."""
    others = CourseRun.objects.filter(course=run.course_id)
    code = free_code(run.code, lambda code: others.filter(code=code).exists())
    copy = _copy_run(run, run.course, code, user)
    log(instance=copy, action="wagtail.create", user=user, data={"duplicate_of": run.pk})
    announce_courses([run.course_id])
    return copy


def _copy_run(run: CourseRun, course: Course, code: str, user: Any) -> CourseRun:
    copy = CourseRun(course=course, code=code, **_values(run, _RUN))
    copy.sessions = [RunSession(**_values(session, _SESSION)) for session in run.sessions.all()]
    copy.save()
    copy.save_revision(user=user)
    return copy


@transaction.atomic
def withdraw(
    course: Course, reason: dict[str, str], replacement: Course | None = None, user: Any = None
) -> None:
    """Take a course out of the catalogue: its address says why, and what to take instead."""
    course.withdrawn_at = course.withdrawn_at or timezone.now()
    course.withdrawn_reason, course.replacement = Translated(reason), replacement
    course.save()
    course.save_revision(user=user)
    log(instance=course, action="catalog.withdraw", user=user)
    announce_courses([course.pk])


@transaction.atomic
def restore(course: Course, user: Any = None) -> None:
    """Bring a withdrawn course back as it was."""
    course.withdrawn_at, course.replacement = None, None
    course.withdrawn_reason = Translated()
    course.save()
    course.save_revision(user=user)
    log(instance=course, action="catalog.restore", user=user)
    announce_courses([course.pk])
