"""Columns of the list of courses: languages with their state, and what visitors read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column

from catalog.models import Course, CourseText
from home.languages.facts import language_name

DRAFT, MACHINE, MISSING = "*", "!", "+"


@dataclass(frozen=True)
class LanguageLink:
    """A language of a course in the list: ``text`` is what is shown, ``title`` says it in full."""

    text: str
    title: str
    url: str | None


def link_to_text(text: CourseText, reader: str) -> LanguageLink:
    """``az``, ``tr*`` for what has unpublished changes, ``kk!`` for a machine's words."""
    code = text.locale.language_code
    marks, states = "", []
    if not text.live:
        states.append(_("draft"))
    elif text.has_unpublished_changes:
        states.append(_("published, with a newer draft"))
    else:
        states.append(_("published"))
    if not text.live or text.has_unpublished_changes:
        marks += DRAFT
    if text.is_machine_made:
        marks += MACHINE
        states.append(_("machine translation"))
    return LanguageLink(
        code + marks,
        f"{language_name(code, reader)}: {', '.join(states)}",
        reverse("wagtailsnippets_catalog_coursetext:edit", args=[text.pk]),
    )


def link_to_add(course: Course, code: str, reader: str) -> LanguageLink:
    """``+kk`` for a language that the course lacks."""
    url = reverse("wagtailsnippets_catalog_coursetext:add")
    return LanguageLink(
        MISSING + code,
        _("Write in %(language)s") % {"language": language_name(code, reader)},
        f"{url}?course={course.pk}&locale={code}",
    )


class LanguagesColumn(Column):
    """``az tr* en +ru +kk``, each leading to its text."""

    cell_template_name = "catalog/admin/languages_cell.html"

    def __init__(self, *args: Any, codes: list[str], may_add: bool, reader: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.codes, self.may_add, self.reader = codes, may_add, reader

    def get_value(self, instance: Course) -> list[LanguageLink]:
        """Links in the order of the portal's languages."""
        texts = {text.locale.language_code: text for text in instance.texts.all()}
        links = []
        for code in self.codes:
            if code in texts:
                links.append(link_to_text(texts[code], self.reader))
            elif self.may_add:
                links.append(link_to_add(instance, code, self.reader))
        return links


def state_in_words(course: Course) -> str:
    """What a visitor reads about a course with prefetched texts and runs, or why nobody sees it."""
    from catalog.availability import RunFacts, course_availability

    if course.is_withdrawn:
        return _("Withdrawn")
    if not any(text.live for text in course.texts.all()):
        return _("Not published")
    runs = [RunFacts.of(run) for run in course.runs.all()]
    return course_availability(runs, course.kind, course.enrolment, timezone.now()).label
