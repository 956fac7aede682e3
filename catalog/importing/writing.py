"""Writes a batch of courses with a constant number of statements."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale

from catalog.admin_search import refresh_admin_search, search_text
from catalog.availability import RunFacts, course_availability
from catalog.changes import refresh_next_change
from catalog.models import Course, CourseLanguage, CourseRun, CourseText
from catalog.signals import announce_courses

from .rows import Plan

Work = tuple[str, str, Course | None, Plan]
_FACTS = (
    "provider_id kind level mode workload audience enrolment contact_name contact_email "
    "contact_phone lms_id lms_key source_hash source_language updated_at"
).split()


def write_batch(source: str, work: list[Work], *, publish: bool) -> int:
    """Create or update these courses; call it in a transaction.

    Returns how many texts were left alone because a person has edited them.
    """
    now = timezone.now()
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    courses, fresh = [], []
    known = [course for _key, _digest, course, _made in work if course is not None]
    for key, digest, course, made in work:
        if course is None:
            course = Course(source=source, source_key=key, code=made.facts["code"])
            fresh.append(course)
        for name, value in made.facts.items():
            if name != "code":
                setattr(course, name, value)
        course.source_hash, course.updated_at = digest, now
        course.source_language = next(iter(made.texts))
        if course.pk is None:
            _derive(course, made, locales, now)
        courses.append(course)
    Course.objects.bulk_create(fresh)
    Course.objects.bulk_update(known, [f.removesuffix("_id") for f in _FACTS])
    pairs = list(zip(courses, (made for *_rest, made in work), strict=True))
    _replace_links(pairs)
    kept = _write_texts(pairs, locales, now, publish=publish)
    _write_runs(pairs)
    refresh_next_change(course.pk for course in known)
    refresh_admin_search(course.pk for course in known)
    announce_courses(course.pk for course in courses)
    return kept


def _derive(course: Course, made: Plan, locales: Collection[str], now: datetime) -> None:
    """What follows from a new course's words and run, so that it is written only once."""
    titles = [words.get("title", "") for code, words in made.texts.items() if code in locales]
    runs = [RunFacts.of(CourseRun(**made.run))] if made.run else []
    state = course_availability(runs, course.kind, course.enrolment, now)
    course.admin_search, course.next_change_at = search_text(course.code, titles), state.next_change


def code_of(source: str, key: str) -> str:
    """A code for a row without one: stable, so that a repeated import makes the same."""
    return f"{source[:20]}-{hashlib.sha256(f'{source}/{key}'.encode()).hexdigest()[:10]}".upper()


def _replace_links(pairs: list[tuple[Course, Plan]]) -> None:
    numbers = [course.pk for course, _made in pairs]
    for name in ("subjects", "competencies", "audience_countries", "audience_institutions"):
        through = getattr(Course, name).through
        other = Course._meta.get_field(name).m2m_reverse_field_name() + "_id"
        through.objects.filter(course_id__in=numbers).delete()
        through.objects.bulk_create(
            through(**{"course_id": course.pk, other: pk})
            for course, made in pairs
            for pk in made.links[name]
        )
    CourseLanguage.objects.filter(course_id__in=numbers).delete()
    CourseLanguage.objects.bulk_create(
        CourseLanguage(course_id=course.pk, role=role, language=language)
        for course, made in pairs
        for role, language in dict.fromkeys(made.languages)
    )


def _write_texts(
    pairs: list[tuple[Course, Plan]], locales: dict[str, Locale], now: datetime, *, publish: bool
) -> int:
    there = {
        (text.course_id, text.locale_id): text
        for text in CourseText.objects.filter(course__in=[course.pk for course, _m in pairs])
    }
    fresh, changed, kept = [], [], 0
    for course, made in pairs:
        for language, words in made.texts.items():
            locale = locales.get(language)
            if locale is None:
                continue
            text = there.get((course.pk, locale.pk))
            if text is not None and text.latest_revision_id:
                kept += 1
                continue
            is_new = text is None
            text = text or CourseText(course=course, locale=locale, live=publish)
            _fill(text, words)
            if is_new and publish:
                text.first_published_at = text.last_published_at = now
            text.has_unpublished_changes = not text.live
            (fresh if is_new else changed).append(text)
    CourseText.objects.bulk_create(fresh)
    names = ["title", "summary", "body", "outline", "outcomes", "search_words", "written_in"]
    CourseText.objects.bulk_update(changed, names)
    return kept


def _fill(text: CourseText, words: dict[str, str]) -> None:
    for name in ("title", "summary", "outline", "outcomes", "search_words", "written_in"):
        setattr(text, name, words.get(name, ""))
    paragraphs = [part.strip() for part in words.get("about", "").split("\n\n") if part.strip()]
    # The same block ids in every language, so that translations can be laid side by side.
    text.body = [
        {
            "type": "paragraph",
            "value": f"<p>{escape(part)}</p>",
            "id": str(uuid.uuid5(text.course.uuid, str(i))),
        }
        for i, part in enumerate(paragraphs)
    ]


def _write_runs(pairs: list[tuple[Course, Plan]]) -> None:
    runs = [(course, made.run) for course, made in pairs if made.run]
    there = {
        (run.course_id, run.code): run
        for run in CourseRun.objects.filter(course__in=[course.pk for course, _run in runs])
    }
    fresh, changed = [], []
    for course, values in runs:
        run = there.get((course.pk, values["code"]))
        (changed if run else fresh).append(run := run or CourseRun(course=course))
        for name, value in values.items():
            setattr(run, name, value)
    CourseRun.objects.bulk_create(fresh)
    if changed:
        names = [name.removesuffix("_id") for name in runs[0][1] if name != "code"]
        CourseRun.objects.bulk_update(changed, names)
