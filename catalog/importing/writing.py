"""Writes a batch of courses with a constant number of statements."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale

from catalog.admin_search import refresh_admin_search, search_text
from catalog.availability import RunFacts, course_availability
from catalog.bulk import update_rows
from catalog.changes import refresh_next_change
from catalog.models import Course, CourseLanguage, CourseRun, CourseText
from catalog.signals import announce_courses

from .rows import Plan

Work = tuple[str, str, Course | None, Plan]
_FACTS = (
    "provider_id kind level mode workload audience enrolment contact_name contact_email "
    "contact_phone lms_id lms_key source_hash source_language updated_at"
).split()


@dataclass(frozen=True)
class Told:
    """Which facts of a course that is there already, and of its run, the source knows: people
    keep the others, and what hangs on them."""

    facts: frozenset[str]
    run: frozenset[str]


# A text that a person has edited, and the words the source has for it.
Kept = tuple[CourseText, dict[str, str]]


def write_batch(
    source: str, work: list[Work], *, publish: bool, told: Told | None = None
) -> list[Kept]:
    """Create or update these courses; call it in a transaction.

    ``told`` None is a source that knows everything. Returns the texts that were left alone
    because a person has edited them.
    """
    now = timezone.now()
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    courses, fresh, moved = [], [], set()
    known = [course for _key, _digest, course, _made in work if course is not None]
    for key, digest, course, made in work:
        if course is None:
            course = Course(source=source, source_key=key, code=made.facts["code"])
            fresh.append(course)
        is_whole, before = told is None or course.pk is None, _deciding(course)
        for name, value in made.facts.items():
            if name != "code" and (is_whole or name in told.facts):
                setattr(course, name, value)
        if _deciding(course) != before:
            moved.add(course.pk)
        course.source_hash, course.updated_at = digest, now
        if is_whole:
            course.source_language = next(iter(made.texts))
        if course.pk is None:
            _derive(course, made, locales, now)
        courses.append(course)
    Course.objects.bulk_create(fresh)
    update_rows(known, [*told.facts, "source_hash", "updated_at"] if told else _FACTS)
    pairs = list(zip(courses, (made for *_rest, made in work), strict=True))
    new = {id(course) for course in fresh}
    _replace_links([pair for pair in pairs if told is None or id(pair[0]) in new])
    kept, retitled = _write_texts(pairs, locales, now, publish=publish)
    moved |= _write_runs(pairs, told)
    # What follows from them was written with the new ones.
    refresh_next_change(course.pk for course in known if course.pk in moved)
    refresh_admin_search(course.pk for course in known if course.pk in retitled)
    announce_courses(course.pk for course in courses)
    return kept


def _deciding(course: Course) -> tuple[str, str]:
    """What decides, with the runs, when a course opens and closes."""
    return course.kind, course.enrolment


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
) -> tuple[list[Kept], set[int]]:
    """The texts that were left alone, and the numbers of the courses with a new title."""
    # Whoever saves a text meanwhile comes after this, and so wins.
    rows = CourseText.objects.select_for_update()
    there = {
        (text.course_id, text.locale_id): text
        for text in rows.filter(course__in=[course.pk for course, _m in pairs])
    }
    fresh, changed, kept, retitled = [], [], [], set()
    for course, made in pairs:
        for language, words in made.texts.items():
            locale = locales.get(language)
            if locale is None:
                continue
            text = there.get((course.pk, locale.pk))
            if text is not None and text.latest_revision_id:
                kept.append((text, words))
                continue
            is_new = text is None
            text = text or CourseText(course=course, locale=locale, live=publish)
            if is_new or text.title != words.get("title", ""):
                retitled.add(course.pk)
            _fill(text, words, course.uuid)
            if is_new and publish:
                text.first_published_at = text.last_published_at = now
            text.has_unpublished_changes = not text.live
            (fresh if is_new else changed).append(text)
    CourseText.objects.bulk_create(fresh)
    names = ["title", "summary", "body", "outline", "outcomes", "search_words", "written_in"]
    update_rows(changed, names)
    return kept, retitled


def _fill(text: CourseText, words: dict[str, str], course: uuid.UUID) -> None:
    for name in ("title", "summary", "outline", "outcomes", "search_words", "written_in"):
        setattr(text, name, words.get(name, ""))
    paragraphs = [part.strip() for part in words.get("about", "").split("\n\n") if part.strip()]
    # The same block ids in every language, so that translations can be laid side by side.
    text.body = [
        {
            "type": "paragraph",
            "value": f"<p>{escape(part)}</p>",
            "id": str(uuid.uuid5(course, str(i))),
        }
        for i, part in enumerate(paragraphs)
    ]


def _write_runs(pairs: list[tuple[Course, Plan]], told: Told | None) -> set[int]:
    """Returns the numbers of the courses whose runs are other than they were."""
    runs = [(course, made.run) for course, made in pairs if made.run]
    there = {
        (run.course_id, run.code): run
        for run in CourseRun.objects.filter(course__in=[course.pk for course, _run in runs])
    }
    fresh, changed, names, moved = [], [], set(), set()
    for course, values in runs:
        run = there.get((course.pk, values["code"]))
        known = values if run is None or told is None else told.run.intersection(values)
        if run is None:
            fresh.append(run := CourseRun(course=course))
        elif all(getattr(run, name) == values[name] for name in known):
            continue
        else:
            changed.append(run)
            names.update(known)
        moved.add(course.pk)
        for name in known:
            setattr(run, name, values[name])
    CourseRun.objects.bulk_create(fresh)
    update_rows(changed, names - {"code"})
    return moved
