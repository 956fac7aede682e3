"""What becomes of one course of an LMS, decided by what is known of it; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from catalog.lms import Listed, RemoteCourse

from .models import SourceRecord

Outcome = SourceRecord.Outcome
_LEFT_OUT = str(Outcome.LEFT_OUT)
_HERE = (str(Outcome.WRITTEN), str(Outcome.OURS))
_TAKEN = (*_HERE, str(Outcome.HIDDEN))


class Known(Protocol):
    """What is stored of a course, as a model or as a row; ``course_id`` None: people deleted it."""

    digest: str
    outcome: str
    course_id: int | None


class Fate(StrEnum):
    """What is to be done with a course that is new or other than it was."""

    WRITE = "write"
    HIDE = "hide"
    LEAVE_OUT = "leave_out"
    COMPARE = "compare"


def is_as_it_was(course: Listed, known: Known, *, is_wanted: bool) -> bool:
    """Nothing is to be done: the LMS says the same, and so do we."""
    if known.digest != course.digest:
        return False
    if is_wanted:
        return known.outcome in _TAKEN
    return known.outcome == _LEFT_OUT or was_deleted(known)


def fate_of(course: RemoteCourse, record: SourceRecord, *, is_wanted: bool) -> Fate:
    """What is to be done with it, by what is stored of it."""
    if not is_wanted or was_deleted(record):
        return Fate.LEAVE_OUT
    if record.is_ours:
        return Fate.COMPARE
    if course.visible is False:
        return Fate.HIDE
    return Fate.WRITE


def was_deleted(known: Known) -> bool:
    """People have deleted it here: it does not come back by itself."""
    return known.course_id is None and known.outcome in _HERE
