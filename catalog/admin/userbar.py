"""The admin's bar on public pages of the catalogue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import BaseItem

from catalog.models import CourseText

from .buttons import allowed


class EditCourseItem(BaseItem):
    """Leads to the text that the visitor reads."""

    template_name = "catalog/admin/userbar_item.html"

    def __init__(self, text: CourseText) -> None:
        super().__init__()
        self.text = text


def add_course(request: HttpRequest, items: list[Any]) -> None:
    """Puts "Edit" first when the public view says which text is shown (``course_text``)."""
    text = getattr(request, "course_text", None)
    if text and text.pk and allowed(request.user, "change", text):
        items.insert(0, EditCourseItem(text))
