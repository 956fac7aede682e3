"""The state of the demonstration LMS as an Open edX."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class EdxCourse:
    """A course run; moments are ISO strings or None, as they are sent."""

    key: str
    name: str
    org: str = "Academy"
    short_description: str = ""
    start: str | None = None
    end: str | None = None
    enrollment_start: str | None = None
    enrollment_end: str | None = None
    pacing: str = "instructor"
    invitation_only: bool = False
    hidden: bool = False
    modes: tuple[str, ...] = ("audit",)
    most: int = 0

    def is_open(self, now: str) -> bool:
        """Whether enrolment is open at ``now`` (ISO, UTC: such strings sort by time)."""
        return (self.enrollment_start or "") <= now < (self.enrollment_end or "9999")

    def details(self) -> dict[str, Any]:
        """As the enrolment API shows it."""
        return {
            "course_id": self.key,
            "course_name": self.name,
            "enrollment_start": self.enrollment_start,
            "enrollment_end": self.enrollment_end,
            "course_start": self.start,
            "course_end": self.end,
            "invite_only": self.invitation_only,
            "course_modes": [{"slug": mode, "name": mode} for mode in self.modes],
        }

    def listed(self) -> dict[str, Any]:
        """As the course API shows it: no date of change, no language."""
        return {
            "id": self.key,
            "name": self.name,
            "number": self.key.split("+")[1],
            "org": self.org,
            "short_description": self.short_description,
            "start": self.start,
            "end": self.end,
            "start_display": None,
            "start_type": "empty",
            "enrollment_start": self.enrollment_start,
            "enrollment_end": self.enrollment_end,
            "pacing": self.pacing,
            "invitation_only": self.invitation_only,
            "hidden": self.hidden,
            "effort": None,
            "media": {"image": {"raw": "", "small": "", "large": ""}},
            "mobile_available": False,
        }


@dataclass
class EdxPlace:
    """A row of the enrolment table."""

    user: str
    course: str
    mode: str
    is_active: bool
    percent: float = 0.0


@dataclass
class EdxSite:
    """One Open edX in memory."""

    courses: dict[str, EdxCourse] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str, str], EdxPlace] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, float] = field(default_factory=dict)
    tokens_given: int = 0
    token_seconds: int = 3600
    is_staff: bool = True
    has_v2: bool = True
    now: Callable[[], float] = time.time
    lock: threading.RLock = field(default_factory=threading.RLock)
