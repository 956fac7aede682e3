"""What every template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .navigation import frame_for


def site(request: HttpRequest) -> dict:
    """The frame around every public page, made when a template first asks for it.

    ``has_session`` tells whether the visitor may be somebody; pages of everybody else touch no
    session, so that they can be kept whole.
    """
    return {
        "portal": SimpleLazyObject(lambda: frame_for(request)),
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
