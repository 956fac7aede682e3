"""``calendar.ics`` below a course or a centre: its dates for the reader's own calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Revision

from catalog.addresses import course_url
from catalog.calendars import MIME, UNCHANGED, Happening, calendar
from catalog.models import Centre, Course, CourseRun, CourseText
from catalog.selectors.centres import sessions_in
from catalog.selectors.course import course_parts
from catalog.selectors.vocabulary import zone_of
from home.navigation import active_language, frame_for

FILE = "calendar.ics"
# A centre's calendar begins a little before today, so that what was moved is seen to move.
BEFORE, AHEAD = timedelta(days=14), timedelta(days=180)


def course_calendar(request: HttpRequest, course: Course, text: CourseText) -> HttpResponse:
    """Sessions of all runs that are not over, and whole runs that have none. Ten queries."""
    language, base = active_language(), frame_for(request).base_url
    url = base + course_url(course.pk, text.title, language)
    found = list(_happenings(course, text, url))
    return _answer(text.title, base, found, course.code)


def _happenings(course: Course, text: CourseText, url: str) -> Iterator[Happening]:
    now = timezone.now()
    runs, zone = course_parts(course, now).runs, zone_of(course.provider_id)
    changed = changes_of(runs)
    for run in runs:
        if not (run.end and run.end < now):
            yield from happenings_of(run, text.title, url, changed, zone)


def happenings_of(
    run: CourseRun,
    title: str,
    url: str,
    changed: Callable[[CourseRun], datetime],
    zone: str = "",
) -> Iterator[Happening]:
    """The sessions of a run, or the whole run when it has none; its parts are loaded.

    ``url`` is absolute, ``changed`` comes from ``changes_of``, ``zone`` is for a run without a
    centre.
    """
    centre = run.centre if run.centre_id else None
    zone, place = (centre.time_zone, _place(centre)) if centre else (zone, "")
    common = {"changed": changed(run), "url": url, "cancelled": run.cancelled}
    sessions = list(run.sessions.all())
    for session in sessions:
        room = session.room.centre if session.room_id else centre
        yield Happening(
            key=f"session-{session.pk}",
            title=": ".join(part for part in (title, str(session.title)) if part),
            begin=session.start,
            end=session.end,
            zone=room.time_zone if room else zone,
            place=", ".join(part for part in (str(session.room or ""), place) if part),
            **common,
        )
    if not sessions and run.start and run.end:
        yield Happening(
            key=f"run-{run.pk}",
            title=title,
            begin=run.start,
            end=run.end,
            zone=zone,
            place=place,
            **common,
        )


def centre_calendar(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Everything that takes place in a centre, half a year ahead. Four queries."""
    language, base, now = active_language(), frame_for(request).base_url, timezone.now()
    held = sessions_in(centre, now - BEFORE, now + AHEAD)
    found, changed = [], changes_of([one.session.run for one in held])
    for one in held:
        link, session = one.course.link(language), one.session
        found.append(
            Happening(
                key=f"session-{session.pk}",
                title=": ".join(part for part in (link.title, str(session.title)) if part),
                begin=session.start,
                end=session.end,
                zone=centre.time_zone,
                changed=changed(session.run),
                url=base + link.url,
                place=", ".join(part for part in (str(session.room or ""), _place(centre)) if part),
                cancelled=session.run.cancelled,
            )
        )
    return _answer(str(centre.name), base, found, centre.code)


def changes_of(runs: Iterable[CourseRun]) -> Callable[[CourseRun], datetime]:
    """When each of the runs was last changed by somebody. One query."""
    numbers = [run.latest_revision_id for run in runs if run.latest_revision_id]
    moments = dict(Revision.objects.filter(pk__in=numbers).values_list("pk", "created_at"))
    return lambda run: moments.get(run.latest_revision_id, UNCHANGED)


def _place(centre: Centre) -> str:
    return ", ".join(part for part in (str(centre.name), str(centre.address)) if part)


def _answer(name: str, base: str, found: list[Happening], code: str) -> HttpResponse:
    response = HttpResponse(calendar(name, base, found), content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{slugify(code) or "calendar"}.ics"'
    return response
