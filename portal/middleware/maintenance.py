"""While the portal is worked on, readers get a page that says so; staff and machines go on."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.errors import unavailable
from portal.maintenance import minutes_left

# The admin with its sign-in and what its pages are made of, and what watches over the servers.
_OPEN = re.compile(r"/(admin/|healthz$|readyz$|static/|media/|documents/|[a-z-]{2,7}/account/)")


def maintenance(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: stands before the page cache, which would answer from before."""

    def middleware(request: HttpRequest) -> HttpResponse:
        minutes = minutes_left()
        if minutes is None or _OPEN.match(request.path_info):
            return get_response(request)
        return unavailable(request, minutes * 60)

    return middleware
