"""Whole pages of visitors without a session, kept until something changes or their words expire."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import has_vary_header

from home.cache import content_version
from search.params import FACETS

logger = logging.getLogger(__name__)

Next = Callable[[HttpRequest], HttpResponse]

# Pages change with these alone; an address with anything else is made anew each time.
QUERY_NAMES = frozenset(
    {
        *(*FACETS, "q", "page", "sort", "starts", "type", "exact"),
        *("country", "institution", "week", "month", "period", "region"),
    }
)
LONGEST_QUERY = 300
STATUSES = frozenset({200, 301, 410})
NOT_PUBLIC = ("/admin/", "/documents/", "/media/", "/healthz", "/readyz", "/api/")


def page_cache(get_response: Next) -> Next:
    """Middleware: stands before sessions and languages, so that a kept page costs one query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return get_response(request)
        if (kept := _get(key)) is not None:
            return kept
        response = get_response(request)
        seconds = _seconds(request, response)
        if seconds > 0:
            _set(key, response, seconds)
        return response

    return middleware


def _get(key: str) -> HttpResponse | None:
    """The kept page; None too while the cache's server does not answer: pages are made anew."""
    try:
        return cache.get(key)
    except Exception:
        logger.warning("The page cache does not answer", exc_info=True)
        return None


def _set(key: str, response: HttpResponse, seconds: float) -> None:
    try:
        cache.set(key, response, seconds)
    except Exception:
        logger.warning("The page cache does not take pages", exc_info=True)


def _key(request: HttpRequest) -> str | None:
    """Where the page is kept; None when it may depend on who asks."""
    if (
        not settings.PAGE_CACHE_SECONDS
        or request.method not in ("GET", "HEAD")
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or getattr(request, "is_dummy", False)  # a preview by Wagtail
        or request.path.startswith(NOT_PUBLIC)
        or request.path == "/"  # depends on the languages that the reader prefers
    ):
        return None
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or not QUERY_NAMES.issuperset(request.GET):
        return None
    # A page in an unfitting compression, or a HEAD without a body, would be somebody else's.
    encoding = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = (request.scheme, request.get_host(), request.path, query, request.method, encoding)
    digest = hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"page:{content_version()}:{digest}"


def _seconds(request: HttpRequest, response: HttpResponse) -> float:
    """How long the page may be kept; 0 for one that is not for everybody."""
    if (
        response.status_code not in STATUSES
        or response.streaming
        or response.cookies
        or has_vary_header(response, "Cookie")
        or any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))
    ):
        return 0
    moments: list[datetime] = [
        moment
        for moment in (
            getattr(response, "expires_at", None),
            getattr(request, "page_expires_at", None),
        )
        if moment
    ]
    left = (min(moments) - timezone.now()).total_seconds() if moments else float("inf")
    return min(settings.PAGE_CACHE_SECONDS, left)
