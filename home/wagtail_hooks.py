"""What the pages add to Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home.glossary_admin import ConceptViewSet
from home.localize import update_translations

register_snippet(ConceptViewSet)


# First: Wagtail takes the first address that fits, and this one is wagtail-localize's too.
@hooks.register("register_admin_urls", order=-100)
def guard_update_translations() -> list[URLPattern]:
    """The gate before wagtail-localize's view."""
    return [path("localize/update/<int:translation_source_id>/", update_translations)]
