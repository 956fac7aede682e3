"""Headers that every answer carries, and addresses that no server should have to look at."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.errors import bad_request

Next = Callable[[HttpRequest], HttpResponse]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONGEST_PATH = 1000
# Nothing on the portal needs any of these devices.
PERMISSIONS = ", ".join(
    f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb")
)


def headers(get_response: Next) -> Next:
    """Middleware: refuses broken addresses, adds the admin's own policy and a few others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _CONTROL.search(request.path) or len(request.path) > LONGEST_PATH:
            response = bad_request(request)
        else:
            response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/"):
            response.setdefault("Content-Security-Policy", _admin_policy())
            # What stands in a form must not come back from a shared computer's history.
            response.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def _admin_policy() -> str:
    return "; ".join(
        f"{name} {' '.join(values)}"
        for name, values in settings.ADMIN_CONTENT_SECURITY_POLICY.items()
    )
