"""Places in Open edX, by version 2 of its enrolment API where it is, else by version 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.lms.memory import Memory
from catalog.lms.reasons import Outcome, Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import Account, Place

from .api import Answer, OpenEdx, escaped
from .errors import trouble_of

V1, V2 = "/api/enrollment/v1/", "/api/enrollment/v2/"
# How long the answer to "is there a version 2" holds.
VERSION_SECONDS = 3600
_versions: Memory[int] = Memory(200)


@dataclass(frozen=True)
class Held:
    """A row of the LMS; one that is not active was withdrawn."""

    is_active: bool
    mode: str


def version(edx: OpenEdx) -> int:
    """1 or 2. Where there is no version 2 its addresses are pages that do not exist."""
    if known := _versions.get(edx.name, edx.clock):
        return known
    answer = edx.ask("GET", f"{V2}enrollment/", query={"view": "minimal"})
    is_there = answer.status != 404 or bool(answer.problem)
    return _versions.keep(edx.name, 2 if is_there else 1, VERSION_SECONDS, edx.clock)


def enrol(edx: OpenEdx, account: Account, key: str) -> Result[Place]:
    """The window is never forced: the LMS refuses what is closed or full."""
    held = read(edx, account, key)
    if held and held.is_active:
        return Result(Reason.ALREADY, Place.ACTIVE)
    wish = {"mode": edx.options.get("mode", "") or "audit", "is_active": True}
    _write(edx, account, key, wish)
    return Result(Reason.DONE, Place.ACTIVE)


def unenrol(edx: OpenEdx, account: Account, key: str) -> Result[Place]:
    """Only the mode that is held may be taken back."""
    held = read(edx, account, key)
    if held is None or not held.is_active:
        return Result(Reason.ALREADY, Place.NONE)
    _write(edx, account, key, {"mode": held.mode, "is_active": False})
    return Result(Reason.DONE, Place.NONE)


def status(edx: OpenEdx, account: Account, key: str) -> Result[Place]:
    """One call."""
    held = read(edx, account, key)
    return Result(Reason.DONE, Place.ACTIVE if held and held.is_active else Place.NONE)


def read(edx: OpenEdx, account: Account, key: str) -> Held | None:
    """None when the person was never there; version 1 says so with an empty body."""
    whom = f"{escaped(account.id)},{escaped(key)}"
    path = f"{V2}enrollments/{whom}/" if version(edx) == 2 else f"{V1}enrollment/{whom}"
    answer = edx.ask("GET", path)
    if answer.status == 200:
        return _held(answer) if answer.fields else None
    if answer.status == 404 and (version(edx) == 1 or answer.problem == "not-found"):
        return None
    raise _trouble(edx, answer, key, "")


def _held(answer: Answer) -> Held:
    mode = answer.fields.get("mode")
    return Held(answer.fields.get("is_active") is True, mode if isinstance(mode, str) else "")


def _write(edx: OpenEdx, account: Account, key: str, wish: dict[str, Any]) -> None:
    """Sends the wish; what comes back must say the same. After a time-out it is read instead."""
    body = {
        "user": account.id,
        "course_details": {"course_id": key},
        "email_opt_in": False,
        **wish,
    }
    path = f"{V2}enrollment/" if version(edx) == 2 else f"{V1}enrollment"
    try:
        answer = edx.ask("POST", path, data=body)
        if answer.status != 200:
            raise _trouble(edx, answer, key, wish["mode"])
        if not answer.fields or _held(answer).is_active is not wish["is_active"]:
            raise Trouble(Reason.NOT_SEEN, raw=answer.raw)
    except Trouble as trouble:
        if trouble.outcome is Outcome.RETRY and _is_so(edx, account, key, wish):
            return
        raise


def _is_so(edx: OpenEdx, account: Account, key: str, wish: dict[str, Any]) -> bool:
    try:
        held = read(edx, account, key)
    except Trouble:
        return False
    return (held is not None and held.is_active) is wish["is_active"]


def _trouble(edx: OpenEdx, answer: Answer, key: str, mode: str) -> Trouble:
    """What was refused and why; where the LMS says too little, the course is asked."""

    def details() -> dict[str, Any] | None:
        path = f"{V2}courses/{escaped(key)}/" if version(edx) == 2 else f"{V1}course/{escaped(key)}"
        found = edx.ask("GET", path)
        return found.fields if found.status == 200 else None

    return trouble_of(answer, key, mode, details, edx.clock.now())
