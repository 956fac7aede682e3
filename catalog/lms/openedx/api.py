"""Requests to Open edX with a kept access token; 4xx are answers, not trouble."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from catalog.lms.http import Client, Reply
from catalog.lms.memory import Memory
from catalog.lms.options import rate_of
from catalog.lms.reading import number
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble
from catalog.lms.services import Services

# Staff may send 120 enrolments a minute.
USUAL_RATE = 100
TOKEN_PATH = "/oauth2/access_token"  # noqa: S105
PROBLEM = "https://docs.openedx.org/errors/"
# A token is not used in the last minute of its life.
MARGIN_SECONDS, LONGEST_TOKEN = 60, 86_400
_tokens: Memory[str] = Memory(200)


@dataclass(frozen=True)
class Answer:
    """``value`` is the parsed body, None when it is empty or a page."""

    status: int
    value: Any
    raw: str

    @property
    def fields(self) -> dict[str, Any]:
        """The body when it is an object."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def problem(self) -> str:
        """Version 2 names what is wrong by an address; this is its last word, or ""."""
        kind = self.fields.get("type")
        is_known = isinstance(kind, str) and kind.startswith(PROBLEM)
        return kind.removeprefix(PROBLEM) if is_known else ""


class OpenEdx:
    """An Open edX site as the owner of an OAuth application sees it."""

    def __init__(self, options: Mapping[str, str], services: Services) -> None:
        self.options, self.clock = options, services.clock
        rate = rate_of(options, USUAL_RATE)
        self.client = Client(options.get("url", ""), services, per_minute=rate)
        self._client_id = options.get("client_id", "")
        self._secret = options.get("client_secret", "")

    @property
    def name(self) -> str:
        """What tells this site from others."""
        return self.client.origin + self.client.path

    def ask(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, data: Any = None
    ) -> Answer:
        """``Trouble`` for 401, also with a fresh token; a refused one is replaced once."""
        kept = (self.name, self._client_id, hash(self._secret))
        token = _tokens.get(kept, self.clock)
        for is_fresh in (token is None, True):
            token = token or self._new_token(kept)
            headers = {"Authorization": f"JWT {token}"}
            with self.client.open(method, path, query=query, data=data, headers=headers) as reply:
                answer = _read(reply)
            if answer.status != 401:
                return answer
            _tokens.forget(kept)
            token = None
            if is_fresh:
                break
        raise Trouble(Reason.TOKEN_REFUSED, raw=answer.raw)

    def _new_token(self, kept: tuple[str, str, int]) -> str:
        form = [
            ("client_id", self._client_id),
            ("client_secret", self._secret),
            ("grant_type", "client_credentials"),
            ("token_type", "jwt"),
        ]
        with self.client.open("POST", TOKEN_PATH, form=form) as reply:
            answer = _read(reply)
            if answer.status in (400, 401, 403):
                raise Trouble(Reason.TOKEN_REFUSED, raw=answer.raw)
            if answer.status != 200:
                raise Trouble(Reason.NO_SERVICE, str(answer.status))
            token = answer.fields.get("access_token")
            if not isinstance(token, str) or not token.isascii() or not token.isprintable():
                raise Trouble(Reason.UNEXPECTED, TOKEN_PATH)
        seconds = min(number(answer.fields.get("expires_in")) or 0, LONGEST_TOKEN)
        return _tokens.keep(kept, token, max(seconds - MARGIN_SECONDS, 0), self.clock)


def _read(reply: Reply) -> Answer:
    """Pages are for people; only where an answer was due they are trouble."""
    body = reply.whole()
    raw = body[:8000].decode("utf-8", "replace")
    if not body:
        return Answer(reply.status, None, "")
    try:
        value = json.loads(body) if reply.is_json else None
    except (ValueError, RecursionError) as error:
        raise Trouble(Reason.NOT_JSON, raw=raw) from error
    if reply.status == 200 and not reply.is_json:
        raise Trouble(Reason.NOT_JSON, raw=raw)
    return Answer(reply.status, value, raw)


def escaped(key: str) -> str:
    """A course key as part of a path: its + and : must not be read as anything else."""
    return quote(key, safe="")
