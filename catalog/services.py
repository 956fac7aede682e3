"""What editors do to a whole course or run: duplicate it, withdraw it, bring it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
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
# How often a copy looks for another code when somebody else takes the one it found.
TRIES = 10


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


def _save_under_free_code(row: Course | CourseRun, code: str, others: QuerySet) -> None:
    """Saves ``row`` under the next code after ``code`` that none of ``others`` has.

    Two people may copy the same row at the same moment: who is second to write takes the next code.
    """

    def is_taken(candidate: str) -> bool:
        return others.filter(code=candidate).exists()

    for left in reversed(range(TRIES)):
        row.code = free_code(code, is_taken)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            if not left or not is_taken(row.code):
                raise
        else:
            return


@transaction.atomic
def duplicate_course(course: Course, user: Any = None, *, with_runs: bool = False) -> Course:
    """A copy of the facts under a new code, the texts as drafts, and the runs if wanted.

    What names one thing outside the portal is not copied: keys in the LMS and in the source.
    """
    copy = Course(**_values(course, _FACTS))
    for name in _MANY:
        setattr(copy, name, list(getattr(course, name).all()))
    copy.languages = [
        CourseLanguage(role=row.role, language=row.language, origin=row.origin)
        for row in course.languages.all()
    ]
    _save_under_free_code(copy, course.code, Course.objects.all())
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
            copied = _unsaved_copy(run, copy)
            copied.code = run.code
            copied.save()
            copied.save_revision(user=user)
    log(instance=copy, action="wagtail.create", user=user, data={"duplicate_of": course.pk})
    announce_courses([copy.pk])
    return copy


@transaction.atomic
def duplicate_run(run: CourseRun, user: Any = None) -> CourseRun:
    """A copy of a run with its dates and sessions, without its learners."""
    copy = _unsaved_copy(run, run.course)
    _save_under_free_code(copy, run.code, CourseRun.objects.filter(course=run.course_id))
    copy.save_revision(user=user)
    log(instance=copy, action="wagtail.create", user=user, data={"duplicate_of": run.pk})
    announce_courses([run.course_id])
    return copy


def _unsaved_copy(run: CourseRun, course: Course) -> CourseRun:
    copy = CourseRun(course=course, **_values(run, _RUN))
    copy.sessions = [RunSession(**_values(session, _SESSION)) for session in run.sessions.all()]
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
