"""How far a person has come in a Moodle course: percent, completion, grade."""

from __future__ import annotations

from typing import Any

from catalog.lms.reading import epoch, number, rows
from catalog.lms.reasons import Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import Account, Progress

from . import courses
from .api import Moodle
from .errors import MoodleTrouble

# A service may leave these functions out; progress is then told without them.
_MISSING = {Reason.ACCESS_REFUSED, Reason.RIGHT_MISSING, Reason.FUNCTION_UNKNOWN}


def read(moodle: Moodle, account: Account, key: str) -> Result[Progress]:
    """``Trouble`` when the person has no active place there."""
    course_number, _course = courses.find(moodle, key)
    found = rows(moodle.call("core_enrol_get_users_courses", userid=account.id, returnusercount=0))
    course = next((row for row in found if str(row.get("id")) == course_number), None)
    if course is None:
        raise Trouble(Reason.NOT_ENROLLED)
    where = {"courseid": course_number, "userid": account.id}
    criteria = _completion(_try(moodle, "core_completion_get_course_completion_status", where))
    completed = criteria.get("completed", course.get("completed"))
    times = [epoch(one.get("timecompleted")) for one in rows(criteria.get("completions"))]
    total = _course_total(_try(moodle, "gradereport_user_get_grade_items", where))
    grade = number(total.get("graderaw"))
    return Result(
        Reason.DONE,
        Progress(
            percent=number(course.get("progress")),
            completed=None if completed is None else bool(completed),
            completed_at=max((time for time in times if time), default=None) if completed else None,
            grade=grade,
            grade_max=number(total.get("grademax")) if grade is not None else None,
            last_access=epoch(course.get("lastaccess")),
        ),
    )


def _try(moodle: Moodle, function: str, where: dict[str, str]) -> Any:
    try:
        return moodle.call(function, **where)
    except MoodleTrouble as trouble:
        # A course without criteria is a state, not a fault.
        is_state = trouble.code == "nocriteriaset" or trouble.reason is Reason.NOT_ENROLLED
        if is_state or trouble.reason in _MISSING:
            return None
        raise


def _completion(answer: Any) -> dict[str, Any]:
    found = answer.get("completionstatus") if isinstance(answer, dict) else None
    return found if isinstance(found, dict) else {}


def _course_total(answer: Any) -> dict[str, Any]:
    grades = rows(answer.get("usergrades")) if isinstance(answer, dict) else []
    items = rows(grades[0].get("gradeitems")) if grades else []
    return next((item for item in items if item.get("itemtype") == "course"), {})
