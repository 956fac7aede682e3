"""The search page: the address is the whole state, and no script is needed."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.languages.folding import fold_text

from .eligible import person_codes
from .engine import EngineUnavailable
from .facets import LABELS, STARTS_LABELS, chips, facets, values_of
from .insight.counting import Seen
from .params import MAX_QUERY, PAGE_SIZE, STARTS, TYPES, SearchParams, clean
from .planning.planner import Step
from .service import Answer, answer, counts, sentences


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results, filters with counts, and what was done with the query."""
    params = SearchParams.read(request.GET)
    if not params.page:
        raise Http404(_("There is no such page of results."))
    language = get_language()
    known = _is_known(request)
    params = replace(params, mine=params.mine and known)
    audience = person_codes(request.user) if params.mine else ()
    try:
        found = answer(params, language, timezone.now(), audience=audience)
    except EngineUnavailable:
        return _unavailable(request, params)
    if params.page > found.pages:
        raise Http404(_("There is no such page of results."))
    context = {
        "params": params,
        "answer": found,
        "total": found.total,
        "done": sentences(found),
        "literal": params.address(literal=True),
        "results": found.results,
        "results_start": (params.page - 1) * PAGE_SIZE + 1,
        "tabs": _tabs(params, found),
        "facets": facets(found.found.result.facets, params, language),
        "chips": chips(params, language),
        "starts": [(value, STARTS_LABELS[value]) for value in STARTS],
        "sorts": _sorts(params),
        "pages": _pages(params, found.pages),
        "asks_mine": known and params.type == TYPES[0],
        "clear": SearchParams(query=params.query, type=params.type).address(),
        "noindex": True,
    }
    response = render(request, "search/search.html", context)
    response.expires_at = found.next_change
    if params.page == 1 and not params.has_filters:
        response.searched = Seen(
            params.query, language, found.total, strict=found.step == Step.STRICT
        )
    return response


@require_safe
def values(request: HttpRequest, name: str) -> HttpResponse:
    """All values of a filter that has too many for the search page, to be looked through."""
    params, language = replace(SearchParams.read(request.GET), page=1, mine=False), get_language()
    if name not in LABELS:
        raise Http404(_("There is no such filter."))
    wanted = clean(request.GET.get("find", ""))[:MAX_QUERY]
    try:
        found = counts(params, language, timezone.now(), name)
    except EngineUnavailable:
        return _unavailable(request, params)
    own = values_of(name, found, params, language)
    shown = [value for value in own if fold_text(wanted) in fold_text(value.label)]
    context = {
        "params": params,
        "label": LABELS[name],
        "find": wanted,
        "values": [(value, params.toggled(name, value.value)) for value in shown],
        "count": len(own),
        "kept": params.pairs(),
        "noindex": True,
    }
    return render(request, "search/values.html", context)


def _is_known(request: HttpRequest) -> bool:
    """True for somebody who is signed in; readers without a session get none by this."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return has_session and request.user.is_authenticated


def _tabs(params: SearchParams, found: Answer) -> list[dict]:
    """Every kind of entry with the number that is found there.

    Filters belong to one kind: they narrow the chosen tab, and the others lead to all they have.
    """
    labels = {
        "course": pgettext("tab", "Courses"),
        "programme": pgettext("tab", "Programmes"),
        "provider": pgettext("tab", "Providers"),
        "centre": pgettext("tab", "Training centres"),
        "news": pgettext("tab", "News"),
        "page": pgettext("tab", "Pages"),
    }
    return [
        {
            "value": kind,
            "label": labels[kind],
            "count": found.total if kind == params.type else found.types[kind],
            "address": params.address()
            if kind == params.type
            else SearchParams(query=params.query, type=kind).address(),
            "current": kind == params.type,
        }
        for kind in TYPES
        if found.types[kind] or kind in (params.type, TYPES[0])
    ]


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
