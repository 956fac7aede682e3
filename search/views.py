"""The search page: the address is the whole state, and no script is needed."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .engine import EngineQuery, EngineUnavailable
from .engines import get_engine
from .facets import STARTS_LABELS, chips, facets
from .params import FACETS, PAGE_SIZE, STARTS, SearchParams
from .query import find
from .results import load


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results, filters with counts, and what was done with the query."""
    params = SearchParams.read(request.GET)
    if not params.page:
        raise Http404(_("There is no such page of results."))
    language, now = get_language(), timezone.now()
    try:
        found = find(get_engine(), params.query, _question(params, language, now))
    except EngineUnavailable:
        return _unavailable(request, params)
    pages = max(1, -(-found.result.total // PAGE_SIZE))
    if params.page > pages:
        raise Http404(_("There is no such page of results."))
    keys = [hit.key for hit in found.result.hits]
    results = load(keys, language, found.stems, now)
    response = render(
        request,
        "search/search.html",
        {
            "params": params,
            "found": found,
            "total": found.result.total,
            "results": results,
            "results_start": (params.page - 1) * PAGE_SIZE + 1,
            "facets": facets(found.result.facets, params, language),
            "chips": chips(params, language),
            "starts": [(value, STARTS_LABELS[value]) for value in STARTS],
            "sorts": _sorts(params),
            "pages": _pages(params, pages),
            "clear": SearchParams(query=params.query).address(),
            "noindex": True,
        },
    )
    moments = [r.availability.next_change for r in results if r.availability.next_change]
    response.expires_at = min(moments, default=None)
    return response


def _question(params: SearchParams, language: str, now: datetime) -> EngineQuery:
    today = int(now.timestamp() // 86_400)
    sort = params.sort
    if sort == "relevance" and not params.query:
        sort = "newest"
    return EngineQuery(
        language=language,
        filters=params.filters,
        start_from=today if params.starts else None,
        start_to=today + STARTS[params.starts] if params.starts else None,
        sort=sort,
        offset=(params.page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        facets=FACETS,
    )


def _sorts(params: SearchParams) -> list[dict]:
    labels = {
        "relevance": _("Best match"),
        "start": _("Next start"),
        "newest": _("Newest first"),
        "title": _("Title"),
    }
    return [
        {"value": value, "label": label, "chosen": value == params.sort}
        for value, label in labels.items()
    ]


def _pages(params: SearchParams, pages: int) -> list[dict]:
    """The first, the last and those around this one; a gap is a page without a number."""
    near = {1, pages, *range(params.page - 2, params.page + 3)}
    shown, last = [], 0
    for number in sorted(n for n in near if 1 <= n <= pages):
        if number > last + 1:
            shown.append({"number": None})
        shown.append(
            {
                "number": number,
                "address": params.address(page=number),
                "current": number == params.page,
            }
        )
        last = number
    return shown if pages > 1 else []


def _unavailable(request: HttpRequest, params: SearchParams) -> HttpResponse:
    response = render(request, "search/unavailable.html", {"params": params}, status=503)
    response["Retry-After"] = "30"
    patch_cache_control(response, no_store=True)
    return response
