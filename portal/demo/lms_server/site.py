"""The state of the demonstration LMS: courses, people, places, tokens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

ACTIVE, SUSPENDED = 0, 1
METHODS = ("manual", "self")


@dataclass
class Course:
    """A course; ``number`` is Moodle's id. Windows are seconds since 1970, 0 is none."""

    number: int
    short_name: str
    title: str
    category: int = 1
    summary: str = ""
    lang: str = ""
    idnumber: str = ""
    visible: bool = True
    manual: bool = True
    self_enrolment: bool = True
    takes_new: bool = True
    key: str = ""
    key_warning: int = 4
    most: int = 0
    opens: int = 0
    closes: int = 0
    starts: int = 0
    ends: int = 0
    modified: int = 1_760_000_000
    criteria: bool = False
    role_assignable: bool = True


@dataclass
class User:
    """A person of the LMS."""

    number: int
    username: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    auth: str = "manual"
    lang: str = "en"
    suspended: bool = False


@dataclass
class Row:
    """A place: one for each person, course and method."""

    user: int
    course: int
    method: str
    status: int = ACTIVE
    begins: int = 0
    ends: int = 0
    progress: float = 0.0
    completed_at: int = 0
    grade: float | None = None

    def is_active(self, now: float) -> bool:
        """Not suspended and within its dates."""
        return self.status == ACTIVE and self.begins <= now and (not self.ends or self.ends > now)


@dataclass
class Token:
    """A web service token; ``functions`` None is all there are."""

    user: int = 2
    functions: frozenset[str] | None = None
    lacks: frozenset[str] = frozenset()
    expired: bool = False
    problem: str = ""


@dataclass
class Site:
    """One LMS in memory; with ``file`` people and places outlive a restart."""

    courses: dict[int, Course] = field(default_factory=dict)
    categories: dict[int, tuple[str, int]] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    rows: dict[tuple[int, int, str], Row] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    login_keys: dict[str, int] = field(default_factory=dict)
    languages: set[str] = field(default_factory=lambda: {"en"})
    input_vars: int = 1000
    root: str = "http://127.0.0.1:8100"
    file: Path | None = None
    now: Callable[[], float] = time.time
    lock: threading.RLock = field(default_factory=threading.RLock)

    def add_course(self, course: Course) -> Course:
        """Into the catalogue."""
        return self.courses.setdefault(course.number, course)

    def add_user(self, username: str, **values: object) -> User:
        """A person with the next number; 1 is the guest, 2 the administrator."""
        number = max(self.users, default=2) + 1
        self.users[number] = User(number, username, **values)
        return self.users[number]

    def user_named(self, field_name: str, value: str) -> list[User]:
        """People by one of Moodle's fields."""
        attribute = {"id": "number", "idnumber": "username"}.get(field_name, field_name)
        folded = value.lower()
        return [
            user for user in self.users.values() if str(getattr(user, attribute)).lower() == folded
        ]

    def rows_of(self, user: int | None = None, course: int | None = None) -> list[Row]:
        """Places of a person, of a course, or both; those of both without going through all."""
        if user is not None and course is not None:
            there = (self.rows.get((user, course, method)) for method in METHODS)
            return [row for row in there if row is not None]
        return [
            row
            for row in self.rows.values()
            if user in (None, row.user) and course in (None, row.course)
        ]

    def is_in(self, user: int, course: int) -> bool:
        """By whatever method, now."""
        return any(row.is_active(self.now()) for row in self.rows_of(user, course))

    def save(self) -> None:
        """People and places, whole or not at all."""
        if self.file is None:
            return
        kept = {
            "users": [asdict(user) for user in self.users.values()],
            "rows": [asdict(row) for row in self.rows.values()],
        }
        scratch = self.file.with_suffix(".new")
        scratch.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        scratch.replace(self.file)

    def load(self) -> None:
        """What ``save`` left; nothing at the first start."""
        if self.file is None or not self.file.exists():
            return
        kept = json.loads(self.file.read_text(encoding="utf-8"))
        self.users |= {row["number"]: User(**row) for row in kept["users"]}
        for values in kept["rows"]:
            row = Row(**values)
            if row.course in self.courses:
                self.rows[row.user, row.course, row.method] = row
