"""Judged queries asked as anybody may ask them: through the view of the public API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.test import RequestFactory

from search.api.views import search

from .judged import Judged

# As far down as the scores look.
LOOKED_AT = 10


class NotAnswered(Exception):
    """The API refused or could not answer; the text says why."""


@dataclass(frozen=True)
class Outcome:
    """What was found for a judged query: codes of the first results, how many, and how.

    ``told``: whether the reader is told that this is not simply what was asked for.
    """

    judged: Judged
    codes: tuple[str, ...]
    total: int
    step: str
    told: bool


def ask(judged: Judged) -> Outcome:
    """The API's answer to one query."""
    wanted = {
        "q": judged.query,
        "lang": judged.language,
        "type": judged.type,
        "page_size": str(LOOKED_AT),
    }
    host = urlsplit(settings.PUBLIC_URL).netloc
    request = RequestFactory(HTTP_HOST=host).get("/api/v1/search/", wanted)
    response = search(request)
    answer = json.loads(response.content)
    if response.status_code != 200:
        raise NotAnswered(f"{judged.query}: {answer['error']['message']}")
    return Outcome(
        judged,
        tuple(result["code"] for result in answer["results"]),
        answer["total"],
        answer["plan"]["step"],
        bool(answer["plan"]["notes"] or answer["suggestion"]),
    )
