"""What Open edX means by its refusals, in both versions of the enrolment API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalog.lms.reading import iso, rows, text
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble

from .api import Answer

Details = Callable[[], dict[str, Any] | None]
STAFF = "enrolment of others (its account must be global staff)"


def trouble_of(answer: Answer, key: str, mode: str, details: Details, now: float) -> Trouble:
    """``details`` fetches the course, None when there is none; it is asked only if need be."""
    try:
        read = _by_problem if answer.problem else _by_status
        reason, detail = read(answer, key, mode, details, now)
    except Trouble as trouble:
        return trouble
    return Trouble(reason, detail, raw=answer.raw)


def _by_problem(
    answer: Answer, key: str, mode: str, details: Details, now: float
) -> tuple[Reason, str]:
    """Version 2: the slug says what."""
    match answer.problem:
        case "authn":
            return Reason.TOKEN_REFUSED, ""
        case "authz" if message := text(answer.fields.get("user_message"), 300):
            return Reason.PERSON_REFUSED, message
        case "authz":
            return Reason.RIGHT_MISSING, STAFF
        case "not-found":
            return (Reason.NO_COURSE, key) if details() is None else (Reason.NO_ACCOUNT, "")
        case "conflict":
            return _closed_or_full(details(), key, now)
        case "validation":
            return _by_message(answer, key, mode, details, now)
        case "rate-limited":
            return Reason.BUSY, ""
        case "internal":
            return Reason.SERVER_ERROR, str(answer.status)
    return _unknown(answer)


def _by_status(
    answer: Answer, key: str, mode: str, details: Details, now: float
) -> tuple[Reason, str]:
    """Version 1: the status, and for 400 the sentence."""
    match answer.status:
        case 406:
            return Reason.NO_ACCOUNT, ""
        case 404:
            return Reason.RIGHT_MISSING, STAFF
        case 403 if "localizedMessage" in answer.fields:
            return Reason.PERSON_REFUSED, text(answer.fields["localizedMessage"], 300)
        case 403:
            return Reason.MODE, mode
        case 400:
            return _by_message(answer, key, mode, details, now)
    return _unknown(answer)


def _by_message(
    answer: Answer, key: str, mode: str, details: Details, now: float
) -> tuple[Reason, str]:
    message = text(answer.fields.get("message")) or text(answer.fields.get("detail"))
    if message.startswith("No course "):
        return Reason.NO_COURSE, key
    if "course mode is expired or otherwise unavailable" in message:
        told = answer.fields.get("course_details")
        modes = rows(told.get("course_modes")) if isinstance(told, dict) else []
        offered = {one.get("slug") for one in modes}
        return (Reason.CLOSED, "") if mode in offered else (Reason.MODE, mode)
    if message.startswith("An error occurred while creating the new course enrollment"):
        return _closed_or_full(details(), key, now)
    if message.startswith("Enrollment mode mismatch"):
        return Reason.MODE, mode
    return _unknown(answer)


def _closed_or_full(course: dict[str, Any] | None, key: str, now: float) -> tuple[Reason, str]:
    """The LMS has one sentence for both; its own dates tell them apart."""
    if course is None:
        return Reason.NO_COURSE, key
    opens, closes = iso(course.get("enrollment_start")), iso(course.get("enrollment_end"))
    if closes and closes.timestamp() <= now:
        return Reason.CLOSED, ""
    if opens and opens.timestamp() > now:
        return Reason.NOT_OPEN, ""
    return (Reason.INVITATION if course.get("invite_only") else Reason.FULL), ""


def _unknown(answer: Answer) -> tuple[Reason, str]:
    return Reason.UNEXPECTED, f"HTTP {answer.status} {answer.problem}".strip()
