"""Hits turned into what a reader sees: title, summary, facts and state of each course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from catalog.addresses import course_url
from catalog.availability import Availability, RunFacts, course_availability
from catalog.models import Course, CourseRun, CourseText
from home.languages.facts import language_name

from .highlight import highlight

Segments = list[tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """One course in a list; ``title`` and ``summary`` are segments, marked where they match."""

    course: Course
    text: CourseText
    url: str
    title: Segments
    summary: Segments
    language: str
    foreign: str
    availability: Availability
    teaching: list[str]
    subtitles: list[str]
    next_run: CourseRun | None


def load(keys: Iterable[str], language: str, stems: set[str], now: datetime) -> list[Result]:
    """Results in the order of ``keys``; what left the catalogue meanwhile is left out.

    Four queries, however many keys.
    """
    numbers = [int(key.partition(":")[2]) for key in keys]
    runs = CourseRun.objects.select_related("centre")
    texts = CourseText.objects.filter(live=True).select_related("locale").defer("body")
    rows = (
        Course.objects.filter(pk__in=numbers, withdrawn_at=None)
        .select_related("provider")
        .prefetch_related(Prefetch("texts", texts, to_attr="live_texts"), "languages")
        .prefetch_related(Prefetch("runs", runs))
    )
    found = {course.pk: course for course in rows if course.live_texts}
    return [_result(found[pk], language, stems, now) for pk in numbers if pk in found]


def _result(course: Course, language: str, stems: set[str], now: datetime) -> Result:
    text = text_for(course, language)
    runs = list(course.runs.all())
    upcoming = [run for run in runs if run.start and run.start >= now and not run.cancelled]

    def spoken(role: str) -> list[str]:
        return [
            language_name(row.language, language)
            for row in course.languages.all()
            if row.role == role
        ]

    return Result(
        course=course,
        text=text,
        url=course_url(course.pk, text.title, language),
        title=highlight(text.title, text.language, stems),
        summary=highlight(text.summary, text.language, stems),
        language=text.language,
        foreign=language_name(text.language, language) if text.language != language else "",
        availability=course_availability(
            [RunFacts.of(run) for run in runs], course.kind, course.enrolment, now
        ),
        teaching=spoken("teaching"),
        subtitles=spoken("subtitles"),
        next_run=min(upcoming, key=lambda run: run.start, default=None),
    )


def text_for(course: Course, language: str) -> CourseText:
    """The live text in the reader's language, else in the course's source language, else any."""
    by_language = {text.locale.language_code: text for text in course.live_texts}
    for code in (language, course.source_language):
        if code in by_language:
            return by_language[code]
    return course.live_texts[0]
