"""Functions about places: manual enrolment looks at nothing, self enrolment at everything."""

from __future__ import annotations

from typing import Any

from .answers import Response, kept
from .moodle_calls import Call, MoodleError, whole
from .site import ACTIVE, SUSPENDED, Course, Row


def enrol_manual(call: Call) -> None:
    """Hidden, full, closed: null. A repeat overwrites dates and lifts a suspension."""
    site, written = call.site, []
    for row in call.rows("enrolments"):
        if not isinstance(row, dict) or {"roleid", "userid", "courseid"} - row.keys():
            raise MoodleError("invalidparameter")
        course = site.courses.get(whole(row["courseid"]))
        if course is None:
            raise MoodleError("invalidparameter")
        if not course.role_assignable:
            raise MoodleError("wsusercannotassign")
        if not course.manual:
            raise MoodleError("wsnoinstance")
        if whole(row["userid"]) not in site.users:
            raise MoodleError("invaliduser")
        status = SUSPENDED if row.get("suspend", "0") not in ("0", "") else ACTIVE
        begins, ends = whole(row.get("timestart", "0")), whole(row.get("timeend", "0"))
        written.append((whole(row["userid"]), course.number, status, begins, ends))
    for user, number, status, begins, ends in written:
        row = site.rows.setdefault((user, number, "manual"), Row(user, number, "manual"))
        row.status, row.begins, row.ends = status, begins, ends


def unenrol_manual(call: Call) -> None:
    """Null, also on repeat; a row of self enrolment stays."""
    site = call.site
    for row in call.rows("enrolments"):
        course = site.courses.get(whole(row.get("courseid")))
        if course is None or whole(row.get("userid")) not in site.users:
            raise MoodleError("invalidparameter")
        if not course.manual:
            raise MoodleError("wsnoinstance")
    for row in call.rows("enrolments"):
        site.rows.pop((whole(row["userid"]), whole(row["courseid"]), "manual"), None)


def enrol_self(call: Call) -> Response:
    """The token's own user."""
    site, user = call.site, call.token.user
    course = site.courses.get(call.number("courseid"))
    if course is None:
        return kept("moodle/self/no_course.json")
    if not course.visible:
        return kept("moodle/self/coursehidden.json")
    if not course.self_enrolment:
        return kept("moodle/self/canntenrol.json")
    if why := self_refusal(call, course, user):
        return kept(f"moodle/self/{why}.json")
    if course.key and call.text("password") != course.key:
        name = {2: "key_group", 3: "key_hint"}.get(course.key_warning, "key")
        return kept(f"moodle/self/{name}.json")
    site.rows[user, course.number, "self"] = Row(user, course.number, "self")
    return kept("moodle/self/done.json")


def self_refusal(call: Call, course: Course, user: int) -> str:
    """Name of the answer that says why not; a repeat looks like a closed course."""
    now = call.site.now()
    if call.site.is_in(user, course.number) or not course.takes_new:
        return "inactive"
    if course.opens > now:
        return "not_yet"
    if 0 < course.closes <= now:
        return "ended"
    if 0 < course.most <= len(call.site.rows_of(course=course.number)):
        return "full"
    return ""


def users_courses(call: Call) -> list[dict[str, Any]]:
    """Only active places; an unknown person has none."""
    user, site = call.number("userid"), call.site
    found = []
    if not call.may("moodle/course:viewparticipants"):
        return found
    for course in site.courses.values():
        rows = [row for row in site.rows_of(user, course.number) if row.is_active(site.now())]
        if not rows:
            continue
        found.append(
            {
                "id": course.number,
                "shortname": course.short_name,
                "fullname": course.title,
                "visible": int(course.visible),
                "progress": rows[0].progress,
                "completed": bool(rows[0].completed_at),
                "lastaccess": None,
                "startdate": course.starts,
                "enddate": course.ends,
                "timemodified": course.modified,
            }
        )
        if call.text("returnusercount", "1") != "0":
            found[-1]["enrolledusercount"] = len(site.rows_of(course=course.number))
    return found


def enrolled_users(call: Call) -> list[dict[str, Any]]:
    """By pages, sorted by number; who asks for the suspended needs a right for it."""
    options, site = call.options(), call.site
    wants_some = any(int(options.get(name, "0")) for name in ("onlyactive", "onlysuspended"))
    if wants_some and not call.may("moodle/course:enrolreview"):
        raise MoodleError("nopermissions")
    number = call.number("courseid")
    if number not in site.courses:
        raise MoodleError("invalidparameter")
    everybody = sorted({row.user for row in site.rows_of(course=number)})
    if int(options.get("onlyactive", "0")):
        everybody = [user for user in everybody if site.is_in(user, number)]
    if int(options.get("onlysuspended", "0")):
        everybody = [user for user in everybody if not site.is_in(user, number)]
    begin, size = int(options.get("limitfrom", "0")), int(options.get("limitnumber", "0"))
    page = everybody[begin : begin + size] if size else everybody[begin:]
    return [{"id": user, "fullname": site.users[user].first_name} for user in page]


def completion(call: Call) -> dict[str, Any]:
    """States come as exceptions."""
    site, number, user = call.site, call.number("courseid"), call.number("userid")
    if not site.is_in(user, number):
        raise MoodleError("usernotenroled")
    if not site.courses[number].criteria:
        raise MoodleError("nocriteriaset")
    row = site.rows_of(user, number)[0]
    criterion = {
        "type": 4,
        "title": "Activity completion",
        "status": "Yes" if row.completed_at else "No",
        "complete": bool(row.completed_at),
        "timecompleted": row.completed_at or None,
    }
    status = {"completed": bool(row.completed_at), "aggregation": 1, "completions": [criterion]}
    return {"completionstatus": status, "warnings": []}


def grade_items(call: Call) -> dict[str, Any]:
    """``gradeformatted`` holds HTML."""
    site, number, user = call.site, call.number("courseid"), call.number("userid")
    if not site.is_in(user, number):
        raise MoodleError("invalidparameter")
    grade = site.rows_of(user, number)[0].grade
    total = {
        "itemtype": "course",
        "graderaw": grade,
        "grademin": 0,
        "grademax": 100,
        "gradedategraded": None,
        "gradeformatted": f"<b>{'-' if grade is None else grade}</b>",
    }
    quiz = {"itemtype": "mod", "graderaw": 3, "grademin": 0, "grademax": 10}
    return {"usergrades": [{"courseid": number, "userid": user, "gradeitems": [quiz, total]}]}


FUNCTIONS = {
    "enrol_manual_enrol_users": enrol_manual,
    "enrol_manual_unenrol_users": unenrol_manual,
    "enrol_self_enrol_user": enrol_self,
    "core_enrol_get_users_courses": users_courses,
    "core_enrol_get_enrolled_users": enrolled_users,
    "core_completion_get_course_completion_status": completion,
    "gradereport_user_get_grade_items": grade_items,
}
