"""Subjects and competencies in the admin."""

from __future__ import annotations

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from catalog.models import Competency, Subject

from .base import CatalogueViewSet


class SubjectViewSet(CatalogueViewSet):
    """The tree of subjects."""

    model = Subject
    icon = "tag"
    list_display = ["name", "code", "parent", "order"]
    search_fields = ["name", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("parent", widget=forms.Select)]),
            FieldRowPanel([FieldPanel("hue"), FieldPanel("icon"), FieldPanel("order")]),
        ]
    )


class CompetencyViewSet(CatalogueViewSet):
    """What officials should be able to do."""

    model = Competency
    icon = "tasks"
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("code"), FieldPanel("description")])
