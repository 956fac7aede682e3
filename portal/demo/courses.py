"""Courses, runs and programmes of the demo; dates count from the day of loading."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale

from catalog import models
from catalog.admin_search import refresh_admin_search
from catalog.changes import refresh_next_change
from catalog.people.models import Country, Institution
from catalog.signals import announce_courses

from .data import courses, read
from .records import remember

# Saturday and Sunday, in every country of the portal.
WEEKEND = (5, 6)


def load_courses(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Every course that is not there yet, then how they are related, then the programmes."""
    rows = courses()
    known = set(models.Course.objects.values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    for done, row in enumerate(fresh, len(rows) - len(fresh) + 1):
        _course(row)
        progress(done, len(rows))
    by_code = {course.code: course for course in models.Course.objects.all()}
    for row in fresh:
        related = [by_code[code] for code in row.get("related", ()) if code in by_code]
        by_code[row["code"]].related.set(related)
    _texts_and_runs([(by_code[row["code"]], row) for row in fresh])
    for row in read("programmes"):
        _programme(row, by_code)


def _texts_and_runs(pairs: list[tuple[models.Course, dict[str, Any]]]) -> None:
    """Written without a signal each; what hangs on them is brought up to date once."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    texts = [text for course, row in pairs for text in _texts(course, row["texts"], locales)]
    remember(*models.CourseText.objects.bulk_create(texts))
    made = [_run(course, run) for course, row in pairs for run in row["runs"]]
    remember(*models.CourseRun.objects.bulk_create(run for run, _sessions in made))
    models.RunSession.objects.bulk_create(
        models.RunSession(run=run, **session) for run, sessions in made for session in sessions
    )
    numbers = [course.pk for course, _row in pairs]
    refresh_next_change(numbers)
    refresh_admin_search(numbers)
    announce_courses(numbers)


def _course(row: dict[str, Any]) -> None:
    audience, contact = row["audience"], row["contact"]
    course = models.Course(
        code=row["code"],
        kind=row["kind"],
        provider=models.Provider.objects.select_related("country").get(code=row["provider"]),
        level=row["level"],
        mode=row["mode"],
        workload=row["workload"],
        audience=audience["who"],
        enrolment=row["enrolment"],
        contact_name=contact["name"],
        contact_email=contact["email"],
        contact_phone=contact["phone"],
        lms=models.LMSConnection.objects.get(code="demo-lms"),
        lms_key=row["lms_key"],
        source_language=row["source_language"],
    )
    course.subjects = list(models.Subject.objects.filter(code__in=row["subjects"]))
    course.competencies = list(models.Competency.objects.filter(code__in=row["competencies"]))
    course.audience_countries = list(Country.objects.filter(code__in=audience["countries"]))
    course.audience_institutions = list(
        Institution.objects.filter(code__in=audience.get("institutions", ()))
    )
    course.languages = [
        models.CourseLanguage(role=role, language=track["language"], origin=track["origin"])
        for role in models.CourseLanguage.Role.values
        for track in row[role]
    ]
    course.save()
    remember(course)


def _texts(
    course: models.Course, texts: dict[str, Any], locales: dict[str, Locale]
) -> list[models.CourseText]:
    # The same block ids in every language: what a translation needs to stay aligned.
    ids = [str(uuid.uuid4()) for _part in range(20)]
    return [
        _text(course, locales[language], words, ids)
        for language, words in texts.items()
        if language in locales
    ]


def _text(
    course: models.Course, locale: Locale, words: dict[str, Any], ids: list[str]
) -> models.CourseText:
    now = timezone.now()
    body = [
        {"type": "paragraph", "value": f"<p>{escape(paragraph)}</p>", "id": ids[i]}
        for i, paragraph in enumerate(words["about"])
    ]
    return models.CourseText(
        course=course,
        locale=locale,
        title=words["title"],
        summary=words["summary"],
        outline="\n".join(words["outline"]),
        outcomes="\n".join(words["outcomes"]),
        search_words=words["search_words"],
        body=body,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def _run(
    course: models.Course, row: dict[str, Any]
) -> tuple[models.CourseRun, list[dict[str, Any]]]:
    """A run, and what its sessions are made of; nobody meets on a Saturday or a Sunday."""
    centre = models.Centre.objects.filter(code=row.get("centre")).first()
    zone = ZoneInfo(centre.time_zone if centre else course.provider.country.time_zone)
    today, meetings = timezone.localdate(), row.get("sessions", ())
    days = working_days(today, [meeting["day"] for meeting in meetings])

    def at(days: int | date | None, clock: str = "09:00") -> datetime | None:
        if days is None:
            return None
        day = days if isinstance(days, date) else today + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)

    begin, end = at(row["start"]), at(row["end"], "18:00")
    if days:
        begin, end = at(min(days)), max(end, at(max(days), "18:00"))
    run = models.CourseRun(
        course=course,
        code=row["code"],
        pace=row["pace"],
        mode=row["mode"],
        language=row["language"],
        start=begin,
        end=end,
        enrolment_start=at(row["enrol_from"], "00:00"),
        enrolment_end=at(row["enrol_to"], "23:59"),
        seats=row["seats"],
        seats_taken=row["seats_taken"] or 0,
        centre=centre,
        cancelled=row.get("cancelled", False),
        note=row.get("note", {}),
    )
    room = centre and centre.rooms.filter(code=row.get("room")).first()
    sessions = [
        {"start": at(day, meeting["from"]), "end": at(day, meeting["to"]), "room": room}
        for day, meeting in zip(days, meetings, strict=True)
    ]
    return run, sessions


def working_days(today: date, offsets: Sequence[int]) -> list[date]:
    """The days so many days from ``today``, moved on to working days, no two of them to one."""
    found: dict[int, date] = {}
    last: date | None = None
    for offset in sorted(set(offsets)):
        day = today + timedelta(days=offset)
        while day.weekday() in WEEKEND or (last is not None and day <= last):
            day += timedelta(days=1)
        found[offset] = last = day
    return [found[offset] for offset in offsets]


def _programme(row: dict[str, Any], by_code: dict[str, models.Course]) -> None:
    if models.Programme.objects.filter(code=row["code"]).exists():
        return
    programme = models.Programme(
        code=row["code"],
        provider=models.Provider.objects.get(code=row["provider"]),
        title=row["title"],
        summary=row["summary"],
        about=_joined(row["about"], "\n\n"),
        outcomes=_joined(row["outcomes"], "\n"),
        level=row["level"],
        audience=row["audience"]["who"],
    )
    programme.audience_countries = list(
        Country.objects.filter(code__in=row["audience"]["countries"])
    )
    programme.steps = [
        models.ProgrammeCourse(course=by_code[code], sort_order=i)
        for i, code in enumerate(row["courses"])
        if code in by_code
    ]
    programme.save()
    remember(programme)


def _joined(texts: dict[str, Any], between: str) -> dict[str, str]:
    return {
        lang: text if isinstance(text, str) else between.join(text) for lang, text in texts.items()
    }
