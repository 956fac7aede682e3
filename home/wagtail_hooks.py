"""What the pages add to Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem
from wagtail.snippets.models import register_snippet

from home import help_admin
from home.glossary_admin import ConceptViewSet
from home.localize import update_translations

register_snippet(ConceptViewSet)
register_snippet(help_admin.HelpMessageViewSet)


# First: Wagtail takes the first address that fits, and this one is wagtail-localize's too.
@hooks.register("register_admin_urls", order=-100)
def guard_update_translations() -> list[URLPattern]:
    """The gate before wagtail-localize's view."""
    return [path("localize/update/<int:translation_source_id>/", update_translations)]


@hooks.register("construct_homepage_summary_items")
def add_number(request: HttpRequest, items: list[SummaryItem]) -> None:
    """How many readers wait for an answer."""
    help_admin.add_number(request, items)
