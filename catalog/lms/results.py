"""The answer of a connector: outcome, reason, value, and what the LMS really said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Generic, TypeVar

from .reasons import MEANINGS, Outcome, Reason, Scope, sentence

T = TypeVar("T")
RAW_CHARACTERS = 2000
DETAIL_CHARACTERS = 300
# Whoever waits longer than this was told nonsense by the LMS.
LONGEST_WAIT = 3600.0
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Result(Generic[T]):
    """``raw`` is for staff only: bounded, without markup. ``retry_after`` is in seconds, 0 unknown.

    ``value`` may be there although the outcome is not good (the place that was found, say).
    """

    reason: Reason
    value: T | None = None
    detail: str = ""
    raw: str = ""
    retry_after: float = 0.0

    @property
    def outcome(self) -> Outcome:
        """Which of the nine."""
        return MEANINGS[self.reason].outcome

    @property
    def scope(self) -> Scope:
        """Whom it concerns beside this person."""
        return MEANINGS[self.reason].scope

    @property
    def ok(self) -> bool:
        """True when what was wished is so now."""
        return self.outcome in (Outcome.DONE, Outcome.ALREADY)

    @property
    def sentence(self) -> str:
        """For those who run the portal, in their language."""
        return sentence(self.reason, self.detail)


class Trouble(Exception):
    """What ends a conversation with an LMS early; becomes a ``Result`` at the connector's door."""

    def __init__(
        self, reason: Reason, detail: str = "", raw: str = "", retry_after: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = plain(detail, DETAIL_CHARACTERS)
        self.raw = plain(raw, RAW_CHARACTERS)
        self.retry_after = min(max(retry_after, 0.0), LONGEST_WAIT)

    @property
    def outcome(self) -> Outcome:
        """Which of the nine."""
        return MEANINGS[self.reason].outcome

    @property
    def scope(self) -> Scope:
        """Whom it concerns."""
        return MEANINGS[self.reason].scope

    def result(self, value: T | None = None) -> Result[T]:
        """The same as a value."""
        return Result(self.reason, value, self.detail, self.raw, self.retry_after)


def plain(text: object, most: int = RAW_CHARACTERS) -> str:
    """Text of a stranger without markup and control characters, at most ``most`` characters.

    >>> plain("<div>Passwords must be at least 8 characters long.</div>")
    'Passwords must be at least 8 characters long.'
    """
    # Cut first: what follows must not cost more than the answer is worth.
    shown = " ".join(_TAG.sub(" ", unescape(str(text)[: most * 4])).split())
    if not shown.isprintable():
        shown = " ".join("".join(c if c.isprintable() else " " for c in shown).split())
    return shown[:most]
