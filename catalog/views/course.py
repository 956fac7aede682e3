"""The page of a course: found by its number, in the reader's language or the nearest there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from catalog import structured_data
from catalog.addresses import course_url, own_index_path, programme_url
from catalog.audience import eligibility
from catalog.availability import Availability, RunFacts, State, course_availability
from catalog.models import Course, CourseRun, CourseText
from catalog.selectors.course import course_parts, find_course
from catalog.selectors.texts import CourseLink, CourseName, course_names, nearest, text_for
from catalog.selectors.vocabulary import hue_of, zone_of
from home.languages.facts import LANGUAGES, language_name, own_name
from home.models import EntryIndexPage
from home.navigation import frame_for

from . import calendars
from .doors import door
from .facts import course_facts, origin_note
from .frame import active_language, corrected, languages_of, page, require_safe
from .runs import run_rows
from .visitors import audience_of, question


@require_safe
def entry(
    request: HttpRequest, index_page: EntryIndexPage, *, words: str, number: int, rest: str
) -> HttpResponse:
    """A course, 301 to its right address, 410 when withdrawn, 404 when there is nothing public."""
    course = find_course(number)
    if course is None or rest not in ("", calendars.FILE):
        raise Http404
    text = text_for(course.live_texts, active_language(), course.source_language)
    if course.is_withdrawn:
        return _withdrawn(request, index_page, course, text)
    if rest:
        return calendars.course_calendar(request, course, text)
    right = course_url(number, text.title, active_language())
    if (redirect := corrected(request, right)) is not None:
        return redirect
    request.course_text = text
    context = course_context(course, text, request)
    context |= languages_of(request, "course", number, *_titles(course))
    expires = context["availability"].next_change
    return page(request, "catalog/course.html", context, index_page=index_page, expires_at=expires)


def course_context(
    course: Course, text: CourseText, request: HttpRequest, *, now: datetime | None = None
) -> dict[str, Any]:
    """What ``catalog/course.html`` shows; at most ten queries.

    Works for previews too: ``text`` may be a draft and ``course`` may not be saved yet.
    """
    now, language = now or timezone.now(), active_language()
    parts, zone = course_parts(course, now), zone_of(course.provider_id)
    state = course_availability(
        [RunFacts.of(run, zone) for run in parts.runs], course.kind, course.enrolment, now
    )
    audience = audience_of(course.audience, parts.countries, parts.institutions)
    asked = question(request, audience)
    answer = eligibility(audience, asked.visitor)
    base = frame_for(request).base_url
    foreign = text.language if text.language != language else ""
    return {
        "course": course,
        "text": text,
        "content_language": foreign,
        "foreign": language_name(foreign, language) if foreign else "",
        "origin": origin_note(text.origin),
        "facts": course_facts(course, parts, language),
        "availability": state,
        "audience": audience,
        "eligibility": answer,
        "question": asked,
        "door": door(
            course,
            _key(parts.runs, state, now),
            state,
            answer,
            language,
            has_runs=bool(parts.runs),
        ),
        "runs": (rows := run_rows(parts.runs, language, now, zone)),
        "has_dates": any(row.run.start and row.state.state != State.FINISHED for row in rows),
        "translations": _translations(course, language),
        "related": _links(parts.related, language),
        "programmes": [
            (programme, programme_url(programme.pk, str(programme.title), language))
            for programme in parts.programmes
        ],
        "hue": (hue := hue_of(parts.subjects)),
        "cover": (course.code, hue),
        "photograph": course.image,
        "structured_data": structured_data.course(
            course, text, parts, audience, base, base + course_url(course.pk, text.title, language)
        ),
    }


def _titles(course: Course) -> tuple[Collection[str], Callable[[str], tuple[str, str]]]:
    titles = {text.locale.language_code: text.title for text in course.live_texts}

    def title(code: str) -> tuple[str, str]:
        shown = nearest(titles, code, course.source_language)
        return shown, titles[shown]

    return titles, title


@dataclass(frozen=True)
class Translation:
    """The description in another language; ``origin`` says who made it unless a person did."""

    code: str
    name: str
    title: str
    url: str
    origin: str


def _translations(course: Course, language: str) -> list[Translation]:
    """The other published descriptions, in the order of the portal's languages."""
    texts = {text.locale.language_code: text for text in getattr(course, "live_texts", ())}
    return [
        Translation(
            code,
            own_name(code),
            texts[code].title,
            course_url(course.pk, texts[code].title, code),
            origin_note(texts[code].origin),
        )
        for code in LANGUAGES
        if code in texts and code != language and own_index_path("course", code)
    ]


def _links(names: Iterable[CourseName], language: str) -> list[tuple[CourseLink, str]]:
    """Links with the language of their titles in words, where it is not the reader's."""
    links = [name.link(language) for name in names]
    return [(link, link.foreign(language)) for link in links]


def _key(runs: tuple[CourseRun, ...], state: Availability, now: datetime) -> str:
    """The LMS key of the run whose state the course shows."""
    for run in runs:
        found = course_availability([RunFacts.of(run)], "", "", now)
        if run.lms_key and (found.state, found.date) == (state.state, state.date):
            return run.lms_key
    return ""


def _withdrawn(
    request: HttpRequest, index_page: EntryIndexPage, course: Course, text: CourseText
) -> HttpResponse:
    """410 with the reason and what to take instead."""
    replacement = None
    if course.replacement_id:
        names = course_names(CourseText.objects.filter(course=course.replacement_id))
        replacement = names[0].link(active_language()) if names else None
    context = {
        "course": course,
        "text": text,
        "replacement": replacement,
        "noindex": True,
        "alternates": {},
    }
    return page(
        request, "catalog/course_withdrawn.html", context, index_page=index_page, status=410
    )
