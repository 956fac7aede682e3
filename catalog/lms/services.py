"""What connectors borrow from their surroundings, so that they need no database of their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from .lti.stores import Platform
    from .pace import Pace


@dataclass(frozen=True)
class Clock:
    """Time as connectors see it, in seconds; tests bring their own."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Services:
    """``private_hosts`` are "host" or "host:port" that may be reached though not public.

    ``pace`` makes the pace for so many requests a minute; without it, this process keeps one for
    each origin. ``list_megabytes`` is how large a list of courses may be.
    """

    private_hosts: frozenset[str] = frozenset()
    clock: Clock = field(default_factory=Clock)
    lti: Platform | None = None
    pace: Callable[[float], Pace] | None = None
    list_megabytes: int = 256

    @classmethod
    def from_settings(cls) -> Services:
        """As ``LMS_PRIVATE_HOSTS`` says."""
        return cls(frozenset(settings.LMS_PRIVATE_HOSTS))
