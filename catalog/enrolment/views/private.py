"""What the pages for one person have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """For people who are signed in; others sign in first and come back to the same address."""
    methods = require_http_methods(["GET", "HEAD", "POST"])
    return never_cache(methods(login_required(_numbered(view))))


def _numbered(view: View) -> View:
    @wraps(view)
    def with_number(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponse:
        return view(request, int(number), **kwargs)

    return with_number
