"""Things worth keeping in the process until the content changes: menus, vocabularies, addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.signals import request_finished, request_started
from django.http import HttpRequest

from home.models.version import ContentVersion

P = ParamSpec("P")
R = TypeVar("R")

_request = threading.local()
_kept: dict[Hashable, Any] = {}
_kept_version = -1
_lock = threading.Lock()


def content_version() -> int:
    """The content version; read once per request (one query), and every time outside of one."""
    if not getattr(_request, "active", False):
        return ContentVersion.current()
    if _request.version is None:
        _request.version = ContentVersion.current()
    return _request.version


def touch_content() -> None:
    """Call when something a visitor sees has changed, inside the transaction of the change."""
    ContentVersion.bump()
    _request.version = None


def _begin(**kwargs: Any) -> None:
    _request.active, _request.version = True, None


def _end(**kwargs: Any) -> None:
    _request.active = False


request_started.connect(_begin, dispatch_uid="home.cache.begin")
request_finished.connect(_end, dispatch_uid="home.cache.end")


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the results of ``function`` (hashable positional arguments) until content changes.

    For small vocabularies only: everything kept is dropped at each change, and values are shared
    between requests, so callers must not change them.
    """

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        global _kept, _kept_version
        version = content_version()
        if version != _kept_version:
            with _lock:
                _kept, _kept_version = {}, version
        store, key = _kept, (function.__module__, function.__qualname__, args)
        if key not in store:
            store[key] = function(*args, **kwargs)
        return store[key]

    return wrapper


def expire_page_at(request: HttpRequest, moment: datetime) -> None:
    """Say that the page being made for ``request`` is not true any more from ``moment`` on."""
    known = getattr(request, "page_expires_at", None)
    request.page_expires_at = min(known, moment) if known else moment
