"""Links to courses in rich text: the number is stored, the reader's language decides the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from catalog.addresses import course_url
from catalog.models import Course, CourseText
from catalog.selectors.texts import nearest
from home.navigation import active_language, language_codes

FEATURE, LINK_TYPE, ENTITY = "course-link", "course", "COURSE"
NO_LINK = "<a>"


def _number(attrs: dict[str, Any]) -> int | None:
    """The course that a stored link names; None for what is no number."""
    text = str(attrs.get("id", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def addresses(numbers: Iterable[int], language: str) -> dict[int, str]:
    """Where links to these courses lead readers of ``language``; one query.

    A withdrawn course keeps its address, which says why and what to take instead. Courses that
    nobody outside can see, and those that are gone, are left out.
    """
    titles: dict[int, dict[str, str]] = defaultdict(dict)
    sources: dict[int, str] = {}
    rows = CourseText.objects.filter(course__in=set(numbers), live=True).values_list(
        "course_id", "course__source_language", "locale_id", "title"
    )
    for number, source, locale, title in rows:
        titles[number][language_codes()[locale]] = title
        sources[number] = source
    return {
        number: course_url(number, known[nearest(known, language, sources[number])], language)
        for number, known in titles.items()
    }


class CourseLinkHandler(LinkHandler):
    """``<a linktype="course" id="12">`` on public pages."""

    identifier = LINK_TYPE

    @staticmethod
    def get_model() -> type[Course]:
        """What the links refer to."""
        return Course

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        """One opening tag."""
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Opening tags; what leads nowhere keeps its words and loses its link."""
        numbers = [_number(attrs) for attrs in attrs_list]
        found = addresses((number for number in numbers if number), active_language())
        return [
            format_html('<a href="{}">', found[number]) if found.get(number) else NO_LINK
            for number in numbers
        ]

    @classmethod
    def extract_references(cls, attrs: dict) -> Iterator[tuple[type[Course], str, str, str]]:
        """For the reference index, which tells where a course is used."""
        number = _number(attrs)
        if number is not None:
            yield Course, str(number), "", ""


class CourseLinkElementHandler(LinkElementHandler):
    """From the database into the editor, which shows the title or that the link is broken."""

    def get_attribute_data(self, attrs: dict) -> dict[str, Any]:
        """Number, title and the address of the course in the admin; no address when broken."""
        from catalog.admin.titles import title_of

        number = _number(attrs)
        course = Course.objects.filter(pk=number).first() if number else None
        if course is None:
            return {"id": number}
        title = f"{title_of(course)} ({course.code})"
        if course.is_withdrawn:
            title = f"{title} – {_('withdrawn')}"
        url = reverse("wagtailsnippets_catalog_course:edit", args=[course.pk])
        return {"id": number, "title": title, "url": url}


def course_link_entity(props: dict) -> Any:
    """From the editor into the database."""
    attributes = {"linktype": LINK_TYPE, "id": props.get("id")}
    return DOM.create_element("a", attributes, props["children"])


def register(features: FeatureRegistry) -> None:
    """Make links to courses known to rich text and to its editor."""
    features.register_link_type(CourseLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        draftail.EntityFeature(
            {
                "type": ENTITY,
                "icon": "list-ul",
                "description": _("Link to a course"),
                "missing": _("This course is gone"),
                "chooserUrls": {
                    "courseChooser": reverse_lazy("wagtailsnippetchoosers_catalog_course:choose")
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "catalog/admin/course-link.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'a[linktype="{LINK_TYPE}"]': CourseLinkElementHandler(ENTITY)
            },
            "to_database_format": {"entity_decorators": {ENTITY: course_link_entity}},
        },
    )
