"""What the platform answers: to tools, and to the browser that carries a launch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reply:
    """For a tool: ``body`` is sent as JSON of type ``kind``; None is an empty body."""

    status: int = 200
    body: Any = None
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormPost:
    """For the browser: a form with these hidden fields that posts to ``url``; a visible button
    submits it, since there may be no JavaScript.

    Its page needs form-action for ``origins``: where the form goes, and where the tool may send
    the browser on to.
    """

    url: str
    fields: dict[str, str]
    origins: tuple[str, ...]


class Refused(Exception):
    """A request that is not let through; ``code`` is for tools and logs and holds no secret."""

    def __init__(self, status: int, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail

    def reply(self) -> Reply:
        """As OAuth 2 wants it told."""
        told = {"error": self.code} | ({"error_description": self.detail} if self.detail else {})
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}
        return Reply(self.status, told, headers=headers)
