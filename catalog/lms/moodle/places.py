"""Places in Moodle's courses: read first, write, read back.

Moodle's service account enrols into hidden, full and closed courses, and a repeated enrolment
wipes dates and lifts a suspension. So what is there is never written again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime

from catalog.lms.reading import rows
from catalog.lms.reasons import Outcome, Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import Account, Period, Place, RemoteCourse

from . import courses, people, self_enrolment
from .api import Moodle
from .errors import MoodleTrouble

PAGE = 500
MOST_PAGES = 100


def enrol(
    moodle: Moodle, account: Account, key: str, period: Period, enrolment_key: str
) -> Result[Place]:
    """A place for the person, unless there is one, or Moodle ought to have refused."""
    with _course(moodle, key) as (number, course):
        return _enrol(moodle, account, number, course, period, enrolment_key)


@contextlib.contextmanager
def _course(moodle: Moodle, key: str) -> Iterator[tuple[str, RemoteCourse]]:
    """The course; when Moodle hides what is wrong, whether it is still there is asked anew."""
    try:
        yield courses.find(moodle, key)
    except MoodleTrouble as trouble:
        if trouble.code in ("invalidparameter", "invalidrecord"):
            courses.find(moodle, key, fresh=True)
        raise


def _enrol(
    moodle: Moodle,
    account: Account,
    number: str,
    course: RemoteCourse,
    period: Period,
    enrolment_key: str,
) -> Result[Place]:
    people.by_number(moodle, account)
    is_later = period.start is not None and period.start.timestamp() > moodle.clock.now()
    if there := _there_already(place(moodle, account, number), is_later=is_later):
        return there
    if course.visible is False:
        return Result(Reason.HIDDEN, Place.NONE)
    try:
        if account.token:
            self_enrolment.enrol(moodle, account, number, enrolment_key)
        else:
            _write(moodle, account, number, period)
    except Trouble as trouble:
        return _read_back(moodle, account, number, trouble)
    if is_later or place(moodle, account, number) is Place.ACTIVE:
        return Result(Reason.DONE, Place.INACTIVE if is_later else Place.ACTIVE)
    raise Trouble(Reason.NOT_SEEN)


def _there_already(found: Place, *, is_later: bool) -> Result[Place] | None:
    if found is Place.ACTIVE or (found is Place.INACTIVE and is_later):
        return Result(Reason.ALREADY, found)
    return Result(Reason.INACTIVE_PLACE, found) if found is Place.INACTIVE else None


def _write(moodle: Moodle, account: Account, number: str, period: Period) -> None:
    """Every value is sent: what is left out Moodle sets as it likes."""
    row = {
        "roleid": moodle.options.get("role", "") or "5",
        "userid": account.id,
        "courseid": number,
        "timestart": _seconds(period.start),
        "timeend": _seconds(period.end),
        "suspend": 0,
    }
    moodle.void("enrol_manual_enrol_users", enrolments=[row])


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _read_back(moodle: Moodle, account: Account, number: str, trouble: Trouble) -> Result[Place]:
    """After a time-out or a race the place may be there all the same."""
    if trouble.outcome is not Outcome.RETRY:
        raise trouble
    try:
        found = _active(moodle, account, number)
    except Trouble:
        raise trouble from None
    if found:
        return Result(Reason.DONE, Place.ACTIVE)
    raise trouble


def unenrol(moodle: Moodle, account: Account, key: str) -> Result[Place]:
    """Takes away the manual row. A suspended place stays: taking it would lift the suspension."""
    with _course(moodle, key) as (number, _there):
        return _unenrol(moodle, account, number)


def _unenrol(moodle: Moodle, account: Account, number: str) -> Result[Place]:
    found = place(moodle, account, number)
    if found is not Place.ACTIVE:
        kept = found is Place.INACTIVE
        return Result(Reason.KEPT_INACTIVE if kept else Reason.ALREADY, found)
    row = {"userid": account.id, "courseid": number}
    try:
        moodle.void("enrol_manual_unenrol_users", enrolments=[row])
    except Trouble as trouble:
        if trouble.outcome is Outcome.RETRY and not _still_active(moodle, account, number):
            return Result(Reason.DONE, Place.NONE)
        raise
    if _active(moodle, account, number):
        return Result(Reason.OTHER_WAY, Place.ACTIVE)
    return Result(Reason.DONE, Place.NONE)


def _still_active(moodle: Moodle, account: Account, number: str) -> bool:
    try:
        return _active(moodle, account, number)
    except Trouble:
        return True


def status(moodle: Moodle, account: Account, key: str) -> Result[Place]:
    """The place as it is now."""
    with _course(moodle, key) as (number, _there):
        return Result(Reason.DONE, place(moodle, account, number))


def place(moodle: Moodle, account: Account, number: str) -> Place:
    """Active ones are told by person; the others only by course."""
    if _active(moodle, account, number):
        return Place.ACTIVE
    return Place.INACTIVE if _is_listed(moodle, account, number) else Place.NONE


def _active(moodle: Moodle, account: Account, number: str) -> bool:
    found = rows(moodle.call("core_enrol_get_users_courses", userid=account.id, returnusercount=0))
    return any(str(course.get("id")) == number for course in found)


def _is_listed(moodle: Moodle, account: Account, number: str) -> bool:
    """Whether the course knows the person: among the suspended, or, without that right, at all."""
    try:
        return _walk(moodle, account, number, [("onlysuspended", "1")])
    except Trouble as trouble:
        if trouble.reason is not Reason.RIGHT_MISSING:
            raise
    return _walk(moodle, account, number, [])


def _walk(moodle: Moodle, account: Account, number: str, options: list[tuple[str, str]]) -> bool:
    for page in range(MOST_PAGES):
        asked = [*options, ("userfields", "id")]
        asked += [("limitfrom", str(page * PAGE)), ("limitnumber", str(PAGE))]
        found = rows(
            moodle.call(
                "core_enrol_get_enrolled_users",
                courseid=number,
                options=[{"name": name, "value": value} for name, value in asked],
            )
        )
        if any(str(user.get("id")) == account.id for user in found):
            return True
        if len(found) < PAGE:
            return False
    raise Trouble(Reason.RIGHT_MISSING, "core_enrol_get_enrolled_users (onlysuspended)")
