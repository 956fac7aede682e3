"""Pages for what goes wrong, in the reader's language."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)


def language_of(request: HttpRequest) -> str:
    """The language that the address names, else the one the browser asks for."""
    return translation.get_language_from_path(request.path_info) or (
        translation.get_language_from_request(request)
    )


def _plain(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """A page that asks neither the database nor the request for anything."""
    with translation.override(language_of(request)):
        language = translation.get_language() or settings.LANGUAGE_CODE
        page = render_to_string(f"errors/{name}.html", {"language": language, "status": status})
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: an address or a form that cannot be read."""
    return _plain(request, "400", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the log has it."""
    return _plain(request, "500", 500)


def unavailable(request: HttpRequest, seconds: int) -> HttpResponse:
    """503: the portal is worked on; try again after ``seconds``."""
    response = _plain(request, "503", 503)
    response["Retry-After"] = str(seconds)
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _framed(request, "403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that did not come from our page, or was open for too long."""
    logger.warning("Refused a form: %s", reason)
    return _framed(request, "403.html", 403, form=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the search box and the way to the front."""
    return _framed(request, "404.html", 404)


def _framed(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    with translation.override(language_of(request)):
        return render(request, template, {"is_error": True} | context, status=status)
