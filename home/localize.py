"""A gate before wagtail-localize's "update translations", which asks for no right to the pages.

Read in wagtail-localize 1.14: the view needs only ``submit_translation``, takes any translation
source, and "Publish immediately" publishes without asking who does it.
"""

from __future__ import annotations

import contextlib
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.update_translations import UpdateTranslationsView

_view = UpdateTranslationsView.as_view()


def update_translations(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Wagtail-localize's own view, for those who may change the page and, if asked, publish it."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = source.get_source_instance()
    if not isinstance(page, Page) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.POST.get("publish_translations") and not _may_publish_all(request.user, source):
        raise PermissionDenied
    return _view(request, translation_source_id=translation_source_id)


def _may_publish_all(user: Any, source: TranslationSource) -> bool:
    """True when ``user`` may publish the source and every translation that is there."""
    pages = [source.get_source_instance()]
    for translation in source.translations.filter(enabled=True):
        with contextlib.suppress(ObjectDoesNotExist):
            pages.append(translation.get_target_instance())
    return all(page.permissions_for_user(user).can_publish() for page in pages)
