"""Courses as Moodle tells them: lists by category, single ones by key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from catalog.lms.memory import Memory
from catalog.lms.reading import epoch, rows, text, web_address
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble
from catalog.lms.values import Listed, Part, RemoteCourse

from .api import Moodle

# A course that was hidden a moment ago may take people for so long.
REMEMBERED_SECONDS = 60
_ASK = "core_course_get_courses_by_field"
_known: Memory[tuple[str, RemoteCourse]] = Memory(2000)
# What ``read_course`` reads but the key and the time of change. Raise the edition when it reads the
# same otherwise: all courses are then looked at anew.
_EDITION = 1
_READ = (
    *("fullname", "shortname", "idnumber", "summary", "categoryname", "lang", "startdate"),
    *("enddate", "visible", "enrollmentmethods", "courseimage", "overviewfiles"),
)
_FIELDS = {"shortname": "name", "idnumber": "idnumber"}


def field_of(key: str) -> tuple[str, str]:
    """Which field of a course a key speaks of: digits are its number in Moodle.

    >>> field_of("17"), field_of("EGOV-101"), field_of("idnumber:2026/7")
    (('id', '17'), ('shortname', 'EGOV-101'), ('idnumber', '2026/7'))
    """
    if key.isascii() and key.isdigit():
        return "id", key
    name, colon, value = key.partition(":")
    if colon and name in _FIELDS:
        return name, value
    return "shortname", key


def address_of(base: str, key: str) -> tuple[str, dict[str, str]]:
    """Path and query of the page where a course is entered."""
    field, value = field_of(key)
    return f"{base}/course/view.php", {_FIELDS.get(field, field): value}


def find(moodle: Moodle, key: str, *, fresh: bool = False) -> tuple[str, RemoteCourse]:
    """The number Moodle gives the course, and the course; ``Trouble`` when there is none."""
    field, value = field_of(key)
    place = (moodle.name, field, value)
    if not fresh and (known := _known.get(place, moodle.clock)):
        return known
    if not value or len(value) > 255:
        raise Trouble(Reason.NO_COURSE, key)
    answer = moodle.call(_ASK, field=field, value=value)
    found = rows(answer.get("courses")) if isinstance(answer, dict) else []
    if not found:
        raise Trouble(Reason.NO_COURSE, key)
    course = read_course(found[0], moodle.name)
    if not course.key:
        raise Trouble(Reason.UNEXPECTED, _ASK, raw=str(found[0])[:2000])
    return _known.keep(place, (course.key, course), REMEMBERED_SECONDS, moodle.clock)


def parts(moodle: Moodle, skip: Collection[str]) -> Iterator[Part]:
    """One part for each category. Moodle has no pages for lists with dates, nor "changed since"."""
    categories = rows(moodle.call("core_course_get_categories"))
    names = _paths(categories)
    language = moodle.options.get("list_language", "")
    more = {"moodlewssettinglang": language} if language else {}
    for category in categories:
        number = _number(category)
        if not (number and category.get("coursecount")) or number in skip:
            continue
        courses = moodle.courses(moodlewssettingfilter=1, field="category", value=number, **more)
        title = names[number]
        yield Part(number, title, _read_all(courses, moodle.name, title))


def _read_all(courses: Iterator[Any], base: str, category: str) -> Iterator[Listed]:
    for course in courses:
        # The site itself is course 1 and no course.
        if isinstance(course, dict) and course.get("format") != "site":
            reading = partial(read_course, course, base, category)
            yield Listed(_number(course), category, _digest(course, base, category), reading)


def _digest(row: dict[str, Any], base: str, category: str) -> str:
    # Lists are long, so this is quick: texts as they are, then their lengths and all the rest. A
    # representation holds no NUL, so what follows the last one tells where each text ends.
    told = (_EDITION, base, category, *[row.get(name) for name in _READ])
    texts = [value for value in told if type(value) is str]
    rest = repr([len(value) if type(value) is str else (value,) for value in told])
    whole = "\0".join([*texts, rest])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _number(row: dict[str, Any]) -> str:
    """Moodle's numbers; "" for what is none."""
    found = str(row.get("id", ""))
    return found if found.isascii() and found.isdigit() and len(found) <= 20 else ""


def _paths(categories: list[dict[str, Any]]) -> dict[str, str]:
    """Number → names from the top down, joined by slashes; a ring among them does no harm."""
    by_number = {str(row.get("id")): row for row in categories}

    def path(number: str, depth: int = 0) -> str:
        row = by_number.get(number, {})
        above = str(row.get("parent", 0))
        before = path(above, depth + 1) + " / " if above in by_number and depth < 20 else ""
        return before + text(row.get("name"), 255)

    return {number: path(number) for number in by_number}


def read_course(row: dict[str, Any], base: str, category: str = "") -> RemoteCourse:
    """Everyone sees the public fields; the others are there only for those with the right."""
    key = _number(row)
    visible = row.get("visible")
    methods = row.get("enrollmentmethods")
    return RemoteCourse(
        key=key,
        title=text(row.get("fullname"), 500),
        short_name=text(row.get("shortname"), 255),
        number=text(row.get("idnumber"), 100),
        summary=text(row.get("summary")),
        category=category or text(row.get("categoryname"), 500),
        language=text(row.get("lang"), 30),
        start=epoch(row.get("startdate")),
        end=epoch(row.get("enddate")),
        visible=None if visible is None else bool(visible),
        methods=tuple(text(one, 50) for one in methods[:20]) if isinstance(methods, list) else (),
        image_url=_picture(row),
        url=f"{base}/course/view.php?id={key}",
        modified=epoch(row.get("timemodified")),
    )


def _picture(row: dict[str, Any]) -> str:
    """Moodle draws one itself (data:) where a course has none; others it gives for tokens only."""
    files = [one.get("fileurl") for one in rows(row.get("overviewfiles"))]
    found = [address for one in (row.get("courseimage"), *files) if (address := web_address(one))]
    return found[0].replace("/webservice/pluginfile.php/", "/pluginfile.php/") if found else ""
