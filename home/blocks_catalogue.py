"""Blocks that show entries of the catalogue and news: chosen once, always as they are now."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class CoursesBlock(blocks.StructBlock):
    """Courses with their state; one that is withdrawn disappears by itself."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    courses = blocks.ListBlock(
        SnippetChooserBlock("catalog.Course", label=_("Course")),
        min_num=1,
        max_num=12,
        label=_("Courses"),
    )

    class Meta:
        icon = "list-ul"
        label = _("Courses")
        template = "blocks/courses.html"


class ProgrammesBlock(blocks.StructBlock):
    """Programmes with the number of their courses."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    programmes = blocks.ListBlock(
        SnippetChooserBlock("catalog.Programme", label=_("Programme")),
        min_num=1,
        max_num=12,
        label=_("Programmes"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Programmes")
        template = "blocks/programmes.html"


class NewsBlock(blocks.StructBlock):
    """The newest news in the language of the page."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    count = blocks.IntegerBlock(min_value=1, max_value=6, default=2, label=_("How many"))

    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        template = "blocks/news.html"
