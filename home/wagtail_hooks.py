"""What the pages add to Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home import help_admin
from home.glossary_admin import ConceptViewSet
from home.glossary_table import ImportTableView, export_table
from home.localize import update_translations
from home.review_admin import keep_as_draft

register_snippet(ConceptViewSet)
register_snippet(help_admin.HelpMessageViewSet)


# First: Wagtail takes the first address that fits, and this one is wagtail-localize's too.
@hooks.register("register_admin_urls", order=-100)
def guard_update_translations() -> list[URLPattern]:
    """The gate before wagtail-localize's view."""
    return [path("localize/update/<int:translation_source_id>/", update_translations)]


@hooks.register("before_publish_page")
def hold_back_own_words(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Who publishes a page from its form publishes what somebody else wrote."""
    return keep_as_draft(request, page, reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("construct_homepage_summary_items")
def add_number(request: HttpRequest, items: list[SummaryItem]) -> None:
    """How many readers wait for an answer."""
    help_admin.add_number(request, items)


@hooks.register("register_admin_urls")
def glossary_table() -> list[URLPattern]:
    """The glossary as a table."""
    return [
        path("glossary/import/", ImportTableView.as_view(), name="glossary_import"),
        path("glossary/export/", export_table, name="glossary_export"),
    ]
