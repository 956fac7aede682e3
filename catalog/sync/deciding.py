"""What becomes of one course of an LMS, decided by what is known of it; pure."""

from __future__ import annotations

from enum import StrEnum

from catalog.lms import RemoteCourse

from .models import SourceRecord

Outcome = SourceRecord.Outcome


class Fate(StrEnum):
    """What is to be done."""

    WRITE = "write"
    UNCHANGED = "unchanged"
    HIDE = "hide"
    LEAVE_OUT = "leave_out"
    COMPARE = "compare"


def fate_of(course: RemoteCourse, record: SourceRecord | None, *, is_wanted: bool) -> Fate:
    """``record`` is what is stored of it, with ``course_id`` None where people have deleted it."""
    if not is_wanted or was_deleted(record):
        return Fate.LEAVE_OUT
    is_same = record is not None and record.digest == course.digest
    if is_same and record.outcome in (Outcome.WRITTEN, Outcome.OURS, Outcome.HIDDEN):
        return Fate.UNCHANGED
    if record is not None and record.is_ours:
        return Fate.COMPARE
    if course.visible is False:
        return Fate.HIDE
    return Fate.WRITE


def was_deleted(record: SourceRecord | None) -> bool:
    """People have deleted it here: it does not come back by itself."""
    return (
        record is not None
        and record.course_id is None
        and record.outcome in (Outcome.WRITTEN, Outcome.OURS)
    )
