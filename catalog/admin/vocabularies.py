"""Subjects, competencies and LMS connections in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from catalog import lms
from catalog.models import Competency, LMSConnection, Subject

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


class ConnectionForm(WagtailAdminModelForm):
    """An LMS of a kind that a connector speaks to."""

    kind = forms.ChoiceField(label=_("kind"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind) for kind in lms.kinds()]


class LMSConnectionViewSet(CatalogueViewSet):
    """Learning management systems that courses lead to."""

    model = LMSConnection
    icon = "link-external"
    list_display = ["name", "code", "kind", "active"]
    search_fields = ["name", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
            FieldPanel("url_template"),
            FieldPanel("active"),
        ],
        base_form_class=ConnectionForm,
    )
