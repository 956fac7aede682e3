"""Placements in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from .models import LONGEST_QUERY, Placement

LANGUAGES = [("", _("Every language")), *settings.LANGUAGES]


class PlacementCreateView(CreateView):
    """Takes the query from the report."""

    def get_initial_form_instance(self) -> Placement:
        """What the link says."""
        data = self.request.GET
        language = data.get("language", "")
        return Placement(
            typed=data.get("query", "")[:LONGEST_QUERY],
            language=language if language in dict(LANGUAGES) else "",
        )


class PlacementViewSet(SnippetViewSet):
    """Which course comes first, or not at all, for which query."""

    model = Placement
    icon = "thumbtack"
    menu_label = _("Placements")
    menu_name = "search-placements"
    menu_order = 135
    add_to_admin_menu = True
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = PlacementCreateView
    list_display: list[Any] = ["typed", "course", "action", "language", "until"]
    list_filter = ["action", "language"]
    list_per_page = 50
    search_fields = ["typed", "query"]
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [
                    FieldPanel("typed"),
                    FieldPanel("language", widget=forms.Select(choices=LANGUAGES)),
                ]
            ),
            FieldPanel("course"),
            FieldRowPanel([FieldPanel("action"), FieldPanel("order"), FieldPanel("until")]),
            FieldPanel("note"),
        ]
    )

    def get_queryset(self, request):
        """With the courses, which the list names."""
        return Placement.objects.select_related("course")
