"""Functions about the site and its courses."""

from __future__ import annotations

from typing import Any

from .answers import Response, data, kept
from .moodle_calls import Call, MoodleError
from .site import Course

RELEASE = "4.5.6 (Build: 20250811)"


def site_info(call: Call) -> dict[str, Any]:
    """Functions are those of the token's service."""
    from .moodle import FUNCTIONS

    held = call.token.functions
    names = sorted(FUNCTIONS if held is None else held)
    user = call.site.users.get(call.token.user)
    return {
        "sitename": "Demonstration LMS",
        "username": user.username if user else "portal",
        "userid": call.token.user,
        "siteurl": call.site.root,
        "release": RELEASE,
        "version": "2024100706",
        "functions": [{"name": name, "version": "2024100706"} for name in names],
    }


def row_of(call: Call, course: Course, *, public: bool = False) -> dict[str, Any]:
    """Three sets of fields, by right."""
    methods = [("manual", course.manual), ("self", course.self_enrolment)]
    row: dict[str, Any] = {
        "id": course.number,
        "fullname": course.title,
        "shortname": course.short_name,
        "summary": course.summary,
        "categoryid": course.category,
        "categoryname": call.site.categories.get(course.category, ("", 0))[0],
        "contacts": [],
        "courseimage": "data:image/svg+xml;base64,PHN2Zy8+",
        "overviewfiles": [],
        "enrollmentmethods": [name for name, is_on in methods if is_on],
        "sortorder": 10_000 + course.number,
    }
    if not public and call.may("moodle/course:view"):
        row |= {
            "startdate": course.starts,
            "enddate": course.ends,
            "visible": int(course.visible),
            "lang": course.lang,
            "format": "topics",
            "enablecompletion": 1,
        }
    if not public and call.may("moodle/course:update"):
        row |= {
            "idnumber": course.idnumber,
            "timecreated": course.modified,
            "timemodified": course.modified,
            "cacherev": course.modified,
        }
    return row


def _seen(call: Call) -> list[Course]:
    everything = call.may("moodle/course:viewhiddencourses")
    return [course for course in call.site.courses.values() if course.visible or everything]


def courses_by_field(call: Call) -> Response | dict[str, Any]:
    """By one field; without any, all of them."""
    name, value = call.text("field"), call.text("value")
    wanted = {
        "": lambda course: True,
        "id": lambda course: str(course.number) == value,
        "ids": lambda course: str(course.number) in value.split(","),
        "shortname": lambda course: course.short_name == value,
        "idnumber": lambda course: course.idnumber == value and value != "",
        "category": lambda course: str(course.category) == value,
    }.get(name)
    if wanted is None:
        raise MoodleError("invalidparameter")
    found = [row_of(call, course) for course in _seen(call) if wanted(course)]
    return data({"courses": found, "warnings": []}) if found else kept("moodle/courses_empty.json")


def search_courses(call: Call) -> dict[str, Any]:
    """The only one with pages; public fields only, hidden courses unmarked."""
    term = call.text("criteriavalue").lower()
    found = [course for course in _seen(call) if term in course.title.lower()]
    size = int(call.text("perpage", "0") or 0) or len(found)
    begin = int(call.text("page", "0") or 0) * size
    page = [row_of(call, course, public=True) for course in found[begin : begin + size]]
    return {"total": len(found), "courses": page, "warnings": []}


def categories(call: Call) -> list[dict[str, Any]]:
    """A bare list."""
    counts: dict[int, int] = {}
    for course in call.site.courses.values():
        counts[course.category] = counts.get(course.category, 0) + 1
    return [
        {
            "id": number,
            "name": name,
            "parent": parent,
            "coursecount": counts.get(number, 0),
            "depth": 2 if parent else 1,
            "path": f"/{parent}/{number}" if parent else f"/{number}",
        }
        for number, (name, parent) in call.site.categories.items()
    ]


FUNCTIONS = {
    "core_webservice_get_site_info": site_info,
    "core_course_get_courses_by_field": courses_by_field,
    "core_course_search_courses": search_courses,
    "core_course_get_categories": categories,
}
