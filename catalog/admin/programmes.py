"""Programmes in the admin: drafted, reviewed and published, all languages in one form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
)

from catalog.models import Programme

from .base import CatalogueViewSet
from .buttons import programme_buttons
from .chooser import OwnChooserViewSet
from .gate import InstanceGate
from .publishing import ReviewedCreateView, ReviewedEditView
from .text_form import providers_of


class ProgrammeForm(WagtailAdminModelForm):
    """A programme of one of one's own providers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers_of(self.for_user)


class ProgrammeEditView(ReviewedEditView):
    """Editing, with the way to the public page."""

    @cached_property
    def header_more_buttons(self) -> list:
        """Adds "View live"."""
        return [*super().header_more_buttons, *programme_buttons(self.live_object)]


class ProgrammeViewSet(InstanceGate, CatalogueViewSet):
    """Programmes."""

    model = Programme
    icon = "list-ol"
    list_display = ["title", "code", "provider", "level"]
    list_filter = ["provider", "level"]
    search_fields = ["title", "code"]
    add_view_class = ReviewedCreateView
    edit_view_class = ProgrammeEditView
    chooser_viewset_class = OwnChooserViewSet
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("provider", widget=forms.Select)]),
            FieldPanel("title"),
            FieldPanel("summary"),
            InlinePanel(
                "steps",
                heading=_("Steps"),
                label=_("Step"),
                help_text=_("The courses, in the order in which people should take them."),
                panels=[FieldPanel("course"), FieldPanel("required")],
            ),
            FieldPanel("about"),
            FieldPanel("outcomes"),
            MultiFieldPanel(
                [
                    FieldPanel("level"),
                    FieldPanel("audience"),
                    FieldPanel("audience_countries", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("For whom"),
            ),
            PublishingPanel(),
        ],
        base_form_class=ProgrammeForm,
    )
