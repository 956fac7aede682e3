"""What is said to an LMS and what it tells, as plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from django.utils.functional import Promise


class Ability(StrEnum):
    """What a kind of LMS can be asked for; without ENROL people are taken in when they come."""

    LIST = "list"
    ENROL = "enrol"
    STATUS = "status"
    PROGRESS = "progress"
    SIGN_IN = "sign_in"


class Place(StrEnum):
    """A person's place in a course; INACTIVE is suspended, over or not begun."""

    NONE = "none"
    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True)
class Field:
    """An option of a connection as the admin asks for it; secrets are stored encrypted."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Launch:
    """Where a person is sent: ``url`` is absolute, ``host`` is what the page shows of it."""

    url: str
    host: str


@dataclass(frozen=True)
class Person:
    """Whom an LMS is told about; ``username`` is opaque ASCII and never changes."""

    username: str
    first_name: str
    last_name: str
    email: str = ""
    email_verified: bool = False
    language: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """The person in the LMS; ``token`` only where the person gave one of their own."""

    id: str
    username: str = ""
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Period:
    """When a place begins and ends; None leaves that to the course. Moments are aware."""

    start: datetime | None = None
    end: datetime | None = None


WHOLE_COURSE = Period()


@dataclass(frozen=True)
class Progress:
    """How far; ``percent`` 0 to 100, None is not known. Moments are aware."""

    percent: float | None = None
    completed: bool | None = None
    completed_at: datetime | None = None
    grade: float | None = None
    grade_max: float | None = None
    passed: bool | None = None
    last_access: datetime | None = None
    certificate_url: str = ""


@dataclass(frozen=True)
class RemoteCourse:
    """A course as the LMS tells it; ``summary`` is HTML of a stranger. None is not told.

    ``modified`` moves for some changes only (Moodle: not for enrolment windows, activities or
    a renamed category): compare ``digest``.
    """

    key: str
    title: str
    short_name: str = ""
    number: str = ""
    summary: str = ""
    category: str = ""
    language: str = ""
    start: datetime | None = None
    end: datetime | None = None
    enrolment_start: datetime | None = None
    enrolment_end: datetime | None = None
    visible: bool | None = None
    invitation_only: bool = False
    self_paced: bool | None = None
    methods: tuple[str, ...] = ()
    image_url: str = ""
    url: str = ""
    modified: datetime | None = None

    @property
    def digest(self) -> str:
        """64 hexadecimal digits that change with anything but ``modified``."""
        # Lists are long, so this is quick. No text holds a NUL: nothing can stand for the next.
        moments = [moment and moment.timestamp() for moment in _MOMENTS(self)]
        told = "\0".join((*_TEXTS(self), repr((moments, _OTHERS(self)))))
        return hashlib.sha256(told.encode()).hexdigest()


def _values_of(kind: Callable[[str], bool]) -> Callable[[RemoteCourse], tuple]:
    """All values of a course whose annotation is of this kind; at least two."""
    told = [each for each in fields(RemoteCourse) if each.name != "modified"]
    return attrgetter(*[each.name for each in told if kind(each.type)])


_TEXT, _MOMENT = "str", "datetime | None"
_TEXTS = _values_of(lambda kind: kind == _TEXT)
_MOMENTS = _values_of(lambda kind: kind == _MOMENT)
_OTHERS = _values_of(lambda kind: kind not in (_TEXT, _MOMENT))


class Listed(NamedTuple):
    """A course as it stands in a list: most are as they were, and those need not be read.

    ``digest`` is 64 hexadecimal digits that change with anything ``read`` tells but ``modified``.
    """

    key: str
    category: str
    digest: str
    read: Callable[[], RemoteCourse]

    @classmethod
    def of(cls, course: RemoteCourse) -> Listed:
        """One that was read already."""
        return cls(course.key, course.category, course.digest, lambda: course)


@dataclass(frozen=True)
class Part:
    """A piece of the list that can be read again by itself; ``courses`` is read once, lazily."""

    key: str
    title: str
    courses: Iterator[Listed]


class Level(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One sentence of a check, in the reader's language."""

    level: Level
    sentence: str


@dataclass(frozen=True)
class Check:
    """What the LMS says of itself and of what the portal may do there."""

    findings: tuple[Finding, ...] = ()
    site: str = ""
    version: str = ""
    abilities: frozenset[Ability] = frozenset()

    @classmethod
    def of_problems(cls, problems: list[str]) -> Check:
        """A check that found only these errors, or nothing."""
        return cls(tuple(Finding(Level.ERROR, sentence) for sentence in problems))

    @property
    def ok(self) -> bool:
        """True when nothing stands in the way."""
        return all(finding.level is not Level.ERROR for finding in self.findings)
