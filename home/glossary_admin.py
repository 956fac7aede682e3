"""The glossary in the admin: concepts with their terms, to be exported as a table."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from home.languages.folding import fold_text
from home.models import Concept


class ConceptIndexView(IndexView):
    """Found by any of its terms, however they are typed."""

    def get_base_queryset(self) -> QuerySet:
        """With the terms, for the column of languages."""
        return super().get_base_queryset().prefetch_related("terms")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The glossary as a table, out and in."""
        if not self.user_has_permission("change"):
            return super().header_more_buttons
        return [
            *super().header_more_buttons,
            Button(_("Take out as a table"), reverse("glossary_export"), icon_name="download"),
            Button(_("Bring a table in"), reverse("glossary_import"), icon_name="upload"),
        ]

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Concepts with a term that has the folded query in it."""
        if not self.is_searching:
            return queryset
        found = queryset.filter(terms__folded__contains=fold_text(self.search_query))
        return found.distinct()


class ConceptViewSet(SnippetViewSet):
    """Concepts; a change widens searches at once."""

    model = Concept
    icon = "tag"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 130
    add_to_admin_menu = True
    search_backend_name = None
    copy_view_enabled = False
    index_view_class = ConceptIndexView
    list_display: list[Any] = ["code", "area", "languages"]
    list_filter = ["area"]
    list_per_page = 50
    search_fields = ["code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("area")]),
            InlinePanel(
                "terms",
                heading=_("Terms"),
                label=_("Term"),
                help_text=_("One preferred term a language; as many others as people use."),
                panels=[
                    FieldRowPanel([FieldPanel("language"), FieldPanel("role")]),
                    FieldPanel("text"),
                ],
            ),
            FieldPanel("note"),
        ]
    )
