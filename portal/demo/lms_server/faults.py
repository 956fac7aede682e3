"""Faults on demand: the next calls, calls of one function or for one course, or a share of all."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

from .answers import Response, kept

# What happens instead of the answer. Those of AFTER do the work first and lose the answer.
INSTEAD: dict[str, Response] = {
    "maintenance": kept("moodle/maintenance.html", 503, Retry_After="300"),
    "services_off": Response(status=403, kind="text/html; charset=utf-8"),
    "upgrading": kept("moodle/upgraderunning.json"),
    "database_down": kept("moodle/dbconnectionfailed.json"),
    "write_race": kept("moodle/dmlwriteexception.json"),
    "too_many": kept("moodle/gateway.html", 429, Retry_After="20"),
    "gateway": kept("moodle/gateway.html", 502),
    "html": kept("moodle/gateway.html"),
    "half": Response(b'{"courses":[{"id":2,"fullname":"Half'),
    "cut": Response(cut=True),
    "moved": Response(status=303, headers=(("Location", "https://elsewhere.example/"),)),
    "accessexception": kept("moodle/accessexception.json"),
    "nopermissions": kept("moodle/nopermissions.json"),
    "forcepasswordchangenotice": kept("moodle/forcepasswordchangenotice.json"),
    "wsaccessusersuspended": kept("moodle/wsaccessusersuspended.json"),
    "wsaccessuserunconfirmed": kept("moodle/wsaccessuserunconfirmed.json"),
    "invalidtoken": kept("moodle/invalidtoken.json"),
    "invalidparameter": kept("moodle/invalidparameter.json"),
    "invaliduser": kept("moodle/invaliduser.json"),
    "wsusercannotassign": kept("moodle/wsusercannotassign.json"),
    "weak_password": kept("moodle/weak_password.json"),
    "internal": kept("openedx/v2/internal.json", 500),
    "rate_limited": kept("openedx/v2/rate-limited.json", 429),
    "authn": kept("openedx/v2/authn.json", 401),
    "authz": kept("openedx/v2/authz.json", 403),
    "conflict": kept("openedx/v2/conflict.json", 409),
    "refused": kept("openedx/v1/refused.json", 403),
    "closed_or_full": kept("openedx/v1/closed_or_full.json", 400),
    "not_staff": Response(status=404),
}
AFTER = {"lost", "lost_gateway"}
TRANSIENT = ("maintenance", "upgrading", "database_down", "write_race", "gateway", "html", "lost")


@dataclass
class Fault:
    """``times`` -1 is for ever; an empty ``function`` or ``course`` stands for any."""

    name: str
    times: int = 1
    function: str = ""
    course: str = ""


@dataclass
class Faults:
    """What is to go wrong; safe for threads."""

    planned: list[Fault] = field(default_factory=list)
    share: float = 0.0
    names: tuple[str, ...] = TRANSIENT
    dice: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    given: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def plan(self, name: str, times: int = 1, *, function: str = "", course: str = "") -> None:
        """The next ``times`` calls that fit answer with the fault. KeyError for an unknown one."""
        if name not in AFTER:
            INSTEAD[name]
        with self._lock:
            self.planned.append(Fault(name, times, function, course))

    def sprinkle(self, share: float, seed: int, names: tuple[str, ...] = TRANSIENT) -> None:
        """From now on this share of all calls, by a seeded dice."""
        with self._lock:
            self.share, self.names, self.dice = share, names, random.Random(seed)  # noqa: S311

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self.planned, self.share = [], 0.0

    def next(self, function: str, courses: set[str]) -> str:
        """The fault for this call, "" for none."""
        with self._lock:
            found = self._next(function, courses)
            if found:
                self.given[found] = self.given.get(found, 0) + 1
            return found

    def _next(self, function: str, courses: set[str]) -> str:
        for fault in self.planned:
            fits = fault.function in ("", function) and (
                not fault.course or fault.course in courses
            )
            if fits and fault.times:
                fault.times -= 1
                return fault.name
        if self.share and self.dice.random() < self.share:
            return self.dice.choice(self.names)
        return ""
