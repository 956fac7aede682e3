"""Counts searches where pages leave the portal: those from the page cache count too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .counting import Seen, count

Next = Callable[[HttpRequest], HttpResponse]


def count_searches(get_response: Next) -> Next:
    """Middleware: stands outside of the page cache; ``response.searched`` says what to count."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        seen = getattr(response, "searched", None)
        if isinstance(seen, Seen) and request.method == "GET":
            count(request, seen)
        return response

    return middleware
