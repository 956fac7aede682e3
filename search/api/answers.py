"""Answers of the API: JSON with an ETag, errors as one sentence, open to every site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from search.engine import EngineUnavailable

from .limits import seconds_to_wait

MAX_AGE = 60


class BadRequest(Exception):
    """What was asked makes no sense; the text says why."""


def endpoint(view: Callable[[HttpRequest], dict[str, Any]]) -> Callable[[HttpRequest], Any]:
    """A view of GET requests that returns what becomes the JSON object."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204))
        if request.method not in ("GET", "HEAD"):
            response = _error(405, _("Only GET is allowed here."))
            response["Allow"] = "GET, HEAD, OPTIONS"
            return response
        if wait := seconds_to_wait(request):
            response = _error(429, _("Too many requests; please wait a little."))
            response["Retry-After"] = str(wait)
            return response
        try:
            return _answer(request, view(request))
        except BadRequest as problem:
            return _error(400, str(problem))
        except EngineUnavailable:
            response = _error(503, _("Search does not answer just now."))
            response["Retry-After"] = "30"
            return response

    return wrapper


def _answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    _open(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _error(status: int, sentence: str) -> HttpResponse:
    body = json.dumps({"error": {"status": status, "message": sentence}}, ensure_ascii=False)
    response = HttpResponse(body, content_type="application/json; charset=utf-8", status=status)
    patch_cache_control(response, no_store=True)
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Nothing here depends on who asks, so scripts of any site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response
