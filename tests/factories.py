"""What tests build: each function makes one thing, with everything it needs around it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale

from catalog import models
from catalog.people.models import Country, Institution, User
from catalog.signals import announce_courses

_number = itertools.count(1)
LANGUAGES = ("az", "tr", "en", "ru", "kk")


def locale(language: str) -> Locale:
    """The locale of a language."""
    return Locale.objects.get_or_create(language_code=language)[0]


def make_country(code: str = "az", **kwargs: Any) -> Country:
    """A country of the catalogue, with its name in English only unless told."""
    names = {"az": "Azerbaijan", "tr": "Türkiye", "kz": "Kazakhstan", "nc": "Northern Cyprus"}
    iso = {"az": "AZ", "tr": "TR", "kz": "KZ"}.get(code)
    defaults = {"name": {"en": names.get(code, code)}, "iso_code": iso} | kwargs
    return Country.objects.get_or_create(code=code, defaults=defaults)[0]


def make_institution(code: str = "ministry", country: str = "az", **kwargs: Any) -> Institution:
    """A public body."""
    defaults = {"name": {"en": code.title()}, "country": make_country(country)} | kwargs
    return Institution.objects.get_or_create(code=code, defaults=defaults)[0]


def make_user(
    role: str | None = None, provider: models.Provider | None = None, **kwargs: Any
) -> User:
    """A person; ``role`` is a group of ``manage.py setup``, ``provider`` puts them in its team."""
    n = next(_number)
    values = {"email": f"person{n}@example.org", "first_name": "Leyla", "last_name": f"Əliyeva {n}"}
    user = User.objects.create_user(password="correct horse battery", **(values | kwargs))
    if role:
        user.groups.add(Group.objects.get(name=role))
    if provider:
        provider.team.add(user)
    return user


def make_provider(code: str | None = None, country: str = "az", **kwargs: Any) -> models.Provider:
    """An academy."""
    code = code or f"provider-{next(_number)}"
    values = {"name": {"az": f"{code} akademiyası", "en": f"{code} academy"}} | kwargs
    return models.Provider.objects.create(code=code, country=make_country(country), **values)


def make_subject(code: str | None = None, **kwargs: Any) -> models.Subject:
    """A subject."""
    code = code or f"subject-{next(_number)}"
    values = {"name": {"en": code.title()}} | kwargs
    return models.Subject.objects.create(code=code, **values)


def make_centre(code: str | None = None, rooms: int = 1, **kwargs: Any) -> models.Centre:
    """A training centre with rooms."""
    code = code or f"centre-{next(_number)}"
    values = {"name": {"az": f"{code} təlim mərkəzi", "en": f"{code} training centre"}} | kwargs
    centre = models.Centre.objects.create(code=code, country=make_country(), **values)
    for i in range(1, rooms + 1):
        models.Room.objects.create(centre=centre, code=str(i), name={"en": f"Room {i}"}, seats=20)
    return centre


def make_connection(**kwargs: Any) -> models.LMSConnection:
    """An LMS reached by a link."""
    values = {
        "code": "academy-lms",
        "name": {"en": "the academy's LMS"},
        "options": {"url_template": "https://lms.example.org/course/{key}?lang={language}"},
    } | kwargs
    return models.LMSConnection.objects.get_or_create(code=values.pop("code"), defaults=values)[0]


def make_course(
    texts: dict[str, str] | None = None,
    *,
    live: bool = True,
    teaching: tuple[str, ...] = ("az",),
    subjects: tuple[models.Subject, ...] = (),
    countries: tuple[str, ...] = (),
    **kwargs: Any,
) -> models.Course:
    """A course with one text per entry of ``texts`` ({"az": title})."""
    values = {"code": f"TEST-{next(_number)}", "source_language": next(iter(texts or {"az": ""}))}
    values |= kwargs
    values.setdefault("provider", None)
    values["provider"] = values["provider"] or make_provider()
    course = models.Course(**values)
    course.subjects = list(subjects)
    course.audience_countries = [make_country(code) for code in countries]
    course.languages = [models.CourseLanguage(language=code) for code in teaching]
    course.save()
    for language, title in (texts or {"az": f"Kurs {course.code}"}).items():
        make_text(course, language, title, live=live)
    return course


def make_text(
    course: models.Course, language: str, title: str, *, live: bool = True, **kwargs: Any
) -> models.CourseText:
    """The catalogue entry of a course in one language."""
    now = timezone.now()
    values = {"summary": f"{title}.", "live": live, "has_unpublished_changes": not live} | kwargs
    if live:
        values |= {"first_published_at": now, "last_published_at": now}
    return models.CourseText.objects.create(
        course=course, locale=locale(language), title=title, **values
    )


def make_run(course: models.Course, **kwargs: Any) -> models.CourseRun:
    """A run that is open for enrolment and starts in two weeks, unless told otherwise."""
    now = timezone.now()
    values = {
        "code": f"run-{next(_number)}",
        "mode": course.mode,
        "start": now + timedelta(days=14),
        "end": now + timedelta(days=20),
        "enrolment_start": now - timedelta(days=7),
        "enrolment_end": now + timedelta(days=10),
        "seats": 20,
    } | kwargs
    return models.CourseRun.objects.create(course=course, **values)


def make_session(run: models.CourseRun, room: models.Room | None = None, **kwargs: Any):
    """A meeting of a run."""
    start = kwargs.pop("start", run.start)
    end = kwargs.pop("end", start + timedelta(hours=3))
    return models.RunSession.objects.create(run=run, room=room, start=start, end=end, **kwargs)


def make_programme(*courses: models.Course, **kwargs: Any) -> models.Programme:
    """A programme of these courses, in this order."""
    values = {"code": f"P-{next(_number)}", "title": {"az": "Proqram", "en": "Programme"}} | kwargs
    values.setdefault("provider", None)
    values["provider"] = values["provider"] or (courses and courses[0].provider) or make_provider()
    programme = models.Programme(**values)
    programme.steps = [
        models.ProgrammeCourse(course=course, sort_order=i) for i, course in enumerate(courses)
    ]
    programme.save()
    return programme


def bulk_courses(count: int, languages: tuple[str, ...] = ("az",)) -> list[models.Course]:
    """Many plain published courses, made in a few statements."""
    provider = models.Provider.objects.first() or make_provider()
    now = timezone.now()
    courses = models.Course.objects.bulk_create(
        models.Course(code=f"BULK-{next(_number)}", provider=provider) for _i in range(count)
    )
    models.CourseText.objects.bulk_create(
        models.CourseText(
            course=course,
            locale=locale(language),
            title=f"Kurs {course.code} {language}",
            summary="Qısa təsvir.",
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        for course in courses
        for language in languages
    )
    announce_courses(course.pk for course in courses)
    return courses
