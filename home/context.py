"""What every template may use."""

from __future__ import annotations

from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """The frame around every public page; empty in the admin."""
    return {}
