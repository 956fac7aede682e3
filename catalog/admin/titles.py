"""Titles of courses as the people in the admin read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import get_language

from catalog.models import Course, CourseText

# Only what a list shows: bodies are long.
LIGHT_TEXTS = CourseText.objects.select_related("locale").only(
    "course_id",
    "title",
    "live",
    "has_unpublished_changes",
    "origin",
    "expire_at",
    "locale__language_code",
)


def with_titles(path: str = "texts") -> Prefetch:
    """A prefetch of the texts of the courses that ``path`` leads to, for ``title_of``."""
    return Prefetch(path, LIGHT_TEXTS)


def best_text(texts: Iterable[CourseText], source_language: str) -> CourseText | None:
    """The text that a person of the active language reads first; None without texts."""
    by_language = {text.locale.language_code: text for text in texts}
    for code in (get_language(), source_language, settings.LANGUAGE_CODE, *by_language):
        if code in by_language:
            return by_language[code]
    return None


def title_of(course: Course) -> str:
    """Title in the active language or the nearest; the code of a course without texts."""
    text = best_text(course.texts.all(), course.source_language)
    return text.title if text else course.code
