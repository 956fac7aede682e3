"""Drafts as visitors would see them, in the language they are written for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from catalog.addresses import index_page
from catalog.models import CourseText, Programme

from .course import course_context
from .frame import page
from .programme import programme_context

# No other language to switch to, and nothing for machines: a draft has no address yet.
_NOWHERE: dict[str, Any] = {"alternates": {}, "noindex": True}


def course_text(text: CourseText, request: HttpRequest) -> HttpResponse:
    """The page of a course with the words of ``text``, which need not be saved."""
    language = text.locale.language_code
    with translation.override(language):
        request.LANGUAGE_CODE = language
        context = course_context(text.course, text, request) | _NOWHERE
        place = index_page("course", language)
        return page(request, "catalog/course.html", context, index_page=place)


def programme(row: Programme, request: HttpRequest, language: str) -> HttpResponse:
    """The page of a programme in ``language``; ``row`` need not be saved."""
    with translation.override(language):
        request.LANGUAGE_CODE = language
        context = programme_context(row, request) | _NOWHERE
        place = index_page("programme", language)
        return page(request, "catalog/programme.html", context, index_page=place)
