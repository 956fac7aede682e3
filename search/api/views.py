"""``/api/v1/search/``, ``/api/v1/suggest/`` and the document that describes them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.navigation import frame_for
from search.facets import LABELS, values_of
from search.params import MAX_PAGE, PAGE_SIZE, SearchParams, clean
from search.results import Result
from search.service import Answer, answer, notes
from search.suggest import MOST, NAMES, suggestions

from .answers import BadRequest, endpoint
from .openapi import document

LARGEST_PAGE = 100


@endpoint
def search(request: HttpRequest) -> dict[str, Any]:
    """Results, facets and what was done with the query."""
    language, size = _language(request), _number(request, "page_size", PAGE_SIZE, LARGEST_PAGE)
    params = SearchParams.read(request.GET)
    if not params.page:
        raise BadRequest(_("“page” must be a number from 1 to %d.") % MAX_PAGE)
    with translation.override(language):
        found = answer(params, language, timezone.now(), page_size=size)
        base = frame_for(request).base_url
        return _search(found, language, size, base)


@endpoint
def suggest(request: HttpRequest) -> dict[str, Any]:
    """What somebody who is typing may mean."""
    language, most = _language(request), _number(request, "limit", MOST, MOST)
    query = clean(request.GET.get("q", ""))
    with translation.override(language):
        base = frame_for(request).base_url
        found = suggestions(query, language, most)
        return {
            "query": query,
            "language": language,
            "suggestions": [
                {
                    "type": one.type,
                    "type_text": str(NAMES[one.type]),
                    "title": one.title,
                    "url": base + one.url,
                    "language": one.language,
                }
                for one in found
            ],
        }


@endpoint
def openapi(request: HttpRequest) -> dict[str, Any]:
    """The OpenAPI document."""
    return document(frame_for(request).base_url)


def _language(request: HttpRequest) -> str:
    code = request.GET.get("lang") or settings.LANGUAGE_CODE
    if code not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise BadRequest(_("“lang” must be one of %s.") % known)
    return code


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    value = request.GET.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= most):
        said = {"name": name, "most": most}
        raise BadRequest(_("“%(name)s” must be a number from 1 to %(most)d.") % said)
    return int(value)


def _search(found: Answer, language: str, size: int, base: str) -> dict[str, Any]:
    params = found.params
    return {
        "query": params.query,
        "language": language,
        "type": params.type,
        "page": params.page,
        "page_size": size,
        "pages": found.pages,
        "total": found.total,
        "plan": {
            "step": found.step,
            "query": found.read_as or params.query,
            "missing": list(found.found.missing),
            "notes": notes(found),
        },
        "suggestion": found.read_as or None,
        "results": [_result(result, base, found.found.by_meaning) for result in found.results],
        "facets": {
            name: [
                {
                    "value": value.value,
                    "label": value.label,
                    "count": value.count,
                    "chosen": value.chosen,
                }
                for value in values_of(name, found.found.result.facets, params, language)
            ]
            for name in LABELS
        },
        "types": dict(found.types),
    }


def _result(result: Result, base: str, by_meaning: frozenset[str]) -> dict[str, Any]:
    state = result.availability
    return {
        "type": result.type,
        "code": result.code,
        "title": _plain(result.title),
        "url": base + result.url,
        "languages": list(result.languages),
        "language": result.language,
        "summary": _plain(result.summary),
        "facts": result.facts,
        "state": str(state.state) if state else None,
        "state_text": state.label if state else None,
        "start": result.start or None,
        "by_meaning": result.key in by_meaning,
        "marked": {"title": result.title, "summary": result.summary},
    }


def _plain(segments: list[tuple[str, bool]]) -> str:
    return "".join(text for text, _is_match in segments)
