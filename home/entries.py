"""Where the catalogue tells the index pages who answers for their entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class EntryViews:
    """The two views behind an index page.

    ``listing(request, page)`` answers the index page itself; ``entry(request, page, words,
    number, rest)`` answers ``<words>-<number>/<rest>``.
    """

    listing: Callable[..., HttpResponse]
    entry: Callable[..., HttpResponse]


_views: dict[str, EntryViews] = {}


def register(kind: str, views: EntryViews) -> None:
    """Let ``views`` answer for index pages of ``kind`` ("course", "programme", …)."""
    _views[kind] = views


def listing(kind: str, request: HttpRequest, page: object) -> HttpResponse:
    """The index page of ``kind``."""
    return _views[kind].listing(request, page)


def entry(
    kind: str, request: HttpRequest, page: object, words: str, number: int, rest: str
) -> HttpResponse:
    """One entry of ``kind``."""
    return _views[kind].entry(request, page, words=words, number=number, rest=rest)
