"""A reader's own list of courses: its numbers are in the address, so it can be sent to anybody."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.addresses import own_index_path
from catalog.selectors.cards import cards, soonest
from home.models import EntryIndexPage
from home.navigation import frame_for

from .frame import active_language, page

PARAMETER, MOST = "list", 50
_NUMBER = re.compile(r"[0-9]{1,18}")


def kept_courses(request: HttpRequest, index_page: EntryIndexPage, value: str) -> HttpResponse:
    """The public courses among ``12-7-30``, in that order; what is no number is passed over."""
    numbers = dict.fromkeys(int(part) for part in value.split("-") if _NUMBER.fullmatch(part))
    wanted = list(numbers)[:MOST]
    shown = cards(wanted, active_language(), timezone.now()) if wanted else []
    query = "-".join(str(number) for number in wanted)
    paths = {code: own_index_path("course", code) for code in frame_for(request).languages}
    context = {
        "courses": shown,
        "gone": len(wanted) - len(shown),
        "alternates": {code: f"{path}?list={query}" for code, path in paths.items() if path},
        "translated_into": (),
        "noindex": True,
    }
    return page(
        request,
        "catalog/kept.html",
        context,
        index_page=index_page,
        expires_at=soonest(shown),
    )
