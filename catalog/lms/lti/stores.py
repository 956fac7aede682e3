"""What the platform has to look up or remember; whoever has a database implements it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from catalog.lms.services import Services
from catalog.lms.values import Person


@dataclass(frozen=True)
class SigningKey:
    """A private RSA key in PEM and the name under which its public half is published."""

    kid: str
    private_pem: str = field(repr=False)


@dataclass(frozen=True)
class Registration:
    """A tool as both sides have agreed; ``launch_urls`` are its redirect addresses, first usual."""

    client_id: str
    deployment_id: str
    login_url: str
    launch_urls: tuple[str, ...]
    jwks_url: str


@dataclass(frozen=True)
class Entry:
    """A course of a tool: ``id`` is ours (letters, digits, - and _), ``key`` what the tool calls
    it (Moodle: the uuid of the published resource)."""

    id: str
    client_id: str
    key: str
    title: str
    label: str = ""


@dataclass(frozen=True)
class LineItem:
    """A column of grades; ``id`` is given by the store."""

    label: str
    maximum: float
    resource_id: str = ""
    tag: str = ""
    id: str = ""


@dataclass(frozen=True)
class Score:
    """A grade; ``given`` None takes it back. The moment is aware."""

    subject: str
    given: float | None
    maximum: float | None
    is_final: bool
    is_completed: bool
    at: datetime


class Keys(Protocol):
    """The platform's own keys."""

    def signing(self) -> SigningKey:
        """The one to sign with now."""

    def published(self) -> Sequence[dict[str, Any]]:
        """Public keys as JWK, those just replaced too; ``keys.public_jwk`` makes them."""


class Once(Protocol):
    """Remembers what may be used once only."""

    def first_time(self, name: str, until: datetime) -> bool:
        """False when ``name`` was used before; it may be forgotten after ``until``. Atomic."""


class Directory(Protocol):
    """Tools, their courses, and who is in them."""

    def registration(self, client_id: str) -> Registration | None:
        """An active tool."""

    def entry(self, entry_id: str) -> Entry | None:
        """By our id."""

    def entry_of(self, client_id: str, key: str) -> Entry | None:
        """By the tool's key."""

    def person(self, entry: Entry, subject: str) -> Person | None:
        """The person with that username if they may open the entry now."""

    def knows(self, entry: Entry, subject: str) -> bool:
        """Whether that person has or had a place: grades may come when the course is over."""

    def members(self, entry: Entry) -> Iterable[Person]:
        """Everybody with a place: the tool creates and enrols all of them."""


class Grades(Protocol):
    """Columns and scores; each call is one transaction."""

    def line_items(self, entry: Entry) -> Sequence[LineItem]:
        """In the order they came."""

    def add_line_item(self, entry: Entry, item: LineItem) -> LineItem:
        """With its ``id``."""

    def put_score(self, entry: Entry, item: LineItem, score: Score) -> bool:
        """False when a later one is there."""

    def result(self, entry: Entry, subject: str) -> Score | None:
        """The person's latest in that course."""


@dataclass(frozen=True)
class Platform:
    """The portal as a platform; ``base`` is the address below which its LTI routes stand."""

    issuer: str
    base: str
    keys: Keys
    once: Once
    directory: Directory
    grades: Grades
    services: Services

    @property
    def token_url(self) -> str:
        """Where tools fetch access tokens."""
        return f"{self.base}/token/"

    def line_items_url(self, entry: Entry) -> str:
        """All columns of a course."""
        return f"{self.base}/{entry.id}/lineitems/"

    def members_url(self, entry: Entry) -> str:
        """All members of a course."""
        return f"{self.base}/{entry.id}/members/"
