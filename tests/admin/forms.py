"""What a browser sends from the forms of the admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from catalog.models import Course, CourseText, Programme, Provider

TEXT = "wagtailsnippets_catalog_coursetext"
COURSE = "wagtailsnippets_catalog_course"


def words(title: str, **kwargs: Any) -> dict[str, Any]:
    """The form of a text; ``paragraph`` becomes its body."""
    paragraph = kwargs.pop("paragraph", "")
    blocks = [("paragraph", rich_text(paragraph))] if paragraph else []
    empty = dict.fromkeys(
        ("summary", "outline", "outcomes", "search_words", "written_in", "go_live_at", "expire_at"),
        "",
    )
    return nested_form_data(
        empty | {"title": title, "origin": "human", "body": streamfield(blocks)} | kwargs
    )


def new_course(title: str, provider: Provider, locale: Any, **kwargs: Any) -> dict[str, Any]:
    """The form of a new course with its first text."""
    facts = {
        "code": "NEW-1",
        "provider": provider.pk,
        "kind": "course",
        "level": "introductory",
        "mode": "online",
        "enrolment": "open",
        "audience": "everyone",
        "locale": locale.pk,
    }
    return words(title, **(facts | kwargs))


def facts(course: Course, **kwargs: Any) -> dict[str, Any]:
    """The form of a course's facts as they are, but for ``kwargs``."""
    names = ("code", "kind", "level", "mode", "audience", "enrolment", "source_language")
    values = {name: getattr(course, name) for name in names}
    values |= {"provider": course.provider_id, "workload": course.workload or ""}
    empty = ("contact_name", "contact_email", "contact_phone", "lms", "lms_key", "related", "image")
    values |= dict.fromkeys(empty, "")
    languages = [
        {"id": row.pk, "role": row.role, "language": row.language, "origin": row.origin}
        for row in course.languages.all()
    ]
    formset = inline_formset(languages, initial=len(languages))
    return nested_form_data(values | {"languages": formset} | kwargs)


def programme_form(programme: Programme, **kwargs: Any) -> dict[str, Any]:
    """The form of a programme as it is, but for ``kwargs``."""
    steps = [
        {"id": step.pk, "course": step.course_id, "required": "on", "ORDER": i}
        for i, step in enumerate(programme.steps.all())
    ]
    values = {name: getattr(programme, name) for name in ("code", "level", "audience")}
    values |= {"provider": programme.provider_id, "go_live_at": "", "expire_at": ""}
    for name in ("title", "summary", "about", "outcomes"):
        for code, _language in settings.LANGUAGES:
            values[f"{name}_{code}"] = getattr(programme, name).get(code, "")
    return nested_form_data(values | {"steps": inline_formset(steps, initial=len(steps))} | kwargs)


def address(row: Course | CourseText | Programme, name: str, *args: Any) -> str:
    """The admin's view ``name`` of a row."""
    return reverse(row.snippet_viewset.get_url_name(name), args=[row.pk, *args])
