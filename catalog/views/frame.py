"""What all pages of the catalogue have in common: right address, languages, expiry."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.addresses import own_entry_url
from home.languages.translated import Translated
from home.models import EntryIndexPage
from home.navigation import active_language, frame_for
from home.structured_data import breadcrumbs, document

__all__ = ["active_language", "corrected", "languages_of", "page", "require_safe", "translated"]


def corrected(request: HttpRequest, right: str) -> HttpResponse | None:
    """A permanent redirect to the path ``right``, unless the request is there already."""
    if not right or request.path == unquote(right):
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{right}?{query}" if query else right)


def languages_of(
    request: HttpRequest,
    kind: str,
    number: int,
    real: Collection[str],
    nearest: Callable[[str], tuple[str, str]],
) -> dict[str, Any]:
    """Context for the language switch, hreflang, canonical address and robots.

    ``real`` are the languages that have this entry; ``nearest`` gives for any language the one
    whose words stand there, with the title. Where that is another that has a page of its own, this
    page stands in for it. A language without an index page has no page of the entry.
    """
    frame = frame_for(request)
    everywhere = {
        code: own_entry_url(kind, number, nearest(code)[1], code)
        for code in (*frame.languages, *real)
    }
    found = {code: address for code, address in everywhere.items() if address}
    context: dict[str, Any] = {"alternates": found, "translated_into": tuple(real)}
    shown, _title = nearest(frame.language)
    if shown != frame.language and shown in found:
        context |= {"canonical": frame.base_url + found[shown], "noindex": True}
    return context


def translated(name: Translated) -> tuple[Collection[str], Callable[[str], tuple[str, str]]]:
    """The last two arguments of ``languages_of`` for an entry with one name in many languages."""
    real = [code for code, text in name.items() if text]
    return real, lambda code: (name.language(code), name.text(code))


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    index_page: EntryIndexPage | None = None,
    expires_at: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page that is true until ``expires_at`` (None: until something is changed)."""
    if index_page is not None:
        crumb = (index_page.title, _path(index_page))
        context = {"index_page": index_page, "crumbs": [crumb]} | context
    if "structured_data" in context:
        frame, crumbs = frame_for(request), context.get("crumbs", [])
        way = breadcrumbs(frame.base_url, [(frame.name, frame.home_url), *crumbs])
        context["structured_data"] = document(context["structured_data"], crumbs and way)
    response = render(request, template, context, status=status)
    response.expires_at = expires_at
    return response


def _path(index_page: EntryIndexPage) -> str:
    parts = index_page.get_url_parts()
    return parts[2] if parts else ""
