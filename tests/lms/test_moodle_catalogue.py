"""Courses are read from Moodle category by category, as a stream, and fingerprinted."""

from __future__ import annotations

import tracemalloc

import pytest

from catalog.lms import Reason, Trouble
from catalog.lms.moodle.courses import read_course
from portal.demo.lms_server.site import Course


def everything(connector, **kwargs):
    return {part.key: [course.key for course in part.courses] for part in connector.list(**kwargs)}


def test_every_category_is_a_part_and_the_hidden_are_marked(moodle):
    [part] = moodle().list()
    courses = {course.key: course.read() for course in part.courses}
    assert part.title == "Rules"
    assert len(courses) == 10
    assert courses["8"].visible is False
    assert courses["2"].visible is True
    assert courses["2"].number == "2026/2"
    assert courses["2"].methods == ("manual", "self")
    assert courses["2"].url.endswith("/course/view.php?id=2")


def test_parts_that_were_read_before_are_left_out(there, moodle):
    there.site.add_course(Course(50, "INNER", "Inner", category=3))
    assert set(everything(moodle())) == {"1", "3"}
    assert set(everything(moodle(), skip={"1"})) == {"3"}
    [part] = moodle().list(skip={"1"})
    assert part.title == "Demo / Inner"


def test_a_token_with_few_rights_tells_what_it_sees(there, moodle):
    there.site.tokens["demonstration-token"].lacks = frozenset(
        {"moodle/course:view", "moodle/course:update", "moodle/course:viewhiddencourses"}
    )
    [part] = moodle().list()
    courses = {course.key: course.read() for course in part.courses}
    assert "8" not in courses
    assert courses["2"].visible is None
    assert courses["2"].modified is None


def test_the_fingerprint_moves_with_the_words_and_not_with_the_time_of_change(there, moodle):
    def digest():
        return moodle().get("2").value.digest

    before = digest()
    there.site.courses[2].modified += 1000
    assert digest() == before
    there.site.courses[2].summary = "<p>New</p>"
    assert digest() != before


def test_a_course_in_a_list_need_not_be_read_to_see_that_it_is_another(there, moodle):
    def digest(**changes):
        for name, value in changes.items():
            setattr(there.site.courses[2], name, value)
        [part] = moodle().list()
        return next(course.digest for course in part.courses if course.key == "2")

    seen = [digest()]
    assert digest(modified=1) == seen[0]
    for change in (
        {"title": "New"},
        {"short_name": "NEW"},
        {"summary": "<p>New</p>"},
        {"idnumber": "new"},
        {"lang": "tr"},
        {"starts": 1_900_000_000},
        {"ends": 1_900_000_001},
        {"visible": False},
        {"manual": False},
    ):
        seen.append(digest(**change))
    # A word that moves from one field to the next is a change too.
    seen.append(digest(title="NEW", short_name="New"))
    there.site.categories[1] = ("Renamed", 0)
    there.site.categories[2] = ("Renamed", 0)
    seen.append(digest())
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("invalidtoken", Reason.TOKEN_REFUSED),
        ("accessexception", Reason.ACCESS_REFUSED),
        ("html", Reason.NOT_JSON),
        ("half", Reason.NOT_JSON),
        ("cut", Reason.UNREACHABLE),
        ("maintenance", Reason.MAINTENANCE),
    ],
)
def test_a_list_that_breaks_off_is_never_taken_for_a_whole_one(there, moodle, fault, reason):
    there.faults.plan(fault, function="core_course_get_courses_by_field")
    with pytest.raises(Trouble) as caught:
        everything(moodle())
    assert caught.value.reason is reason


def test_courses_are_found_by_number_short_name_and_id_number(moodle):
    for key in ("2", "SELF-OPEN", "shortname:SELF-OPEN", "idnumber:2026/2"):
        assert moodle().get(key).value.key == "2"
    for key in ("", "0", "idnumber:", "nothing", "x" * 300):
        assert moodle().get(key).reason is Reason.NO_COURSE


def test_a_long_list_is_read_in_little_memory(there, moodle):
    for number in range(1000, 7000):
        summary = f"<p>{number} " + "words " * 300 + "</p>"
        there.site.add_course(Course(number, f"C{number}", "Title", category=2, summary=summary))
    parts = moodle().list(skip={"1"})
    tracemalloc.start()
    count = sum(1 for part in parts for _course in part.courses)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 6000
    # The server runs in this process: its whole answer (12 MB, twice) is in the figure.
    assert peak < 60_000_000


def test_what_strangers_write_into_a_course_does_no_harm():
    course = read_course(
        {
            "id": 7,
            "fullname": ["no", "text"],
            "shortname": "\0evil",
            "summary": "x" * 1_000_000,
            "startdate": 10**30,
            "enddate": "soon",
            "timemodified": None,
            "courseimage": "javascript:alert(1)",
            "overviewfiles": [{"fileurl": "https://m.example/webservice/pluginfile.php/1/a.png"}],
            "enrollmentmethods": "manual",
            "visible": 0,
        },
        "https://m.example",
    )
    assert (course.title, course.short_name, course.start, course.end) == ("", "evil", None, None)
    assert len(course.summary) == 200_000
    assert course.visible is False
    assert course.image_url == "https://m.example/pluginfile.php/1/a.png"
    assert course.methods == ()


@pytest.mark.parametrize(
    "number", [None, "", "7\0", "7\n", "\ud800", "seven", 7.5, True, -7, [7], "9" * 21]
)
def test_a_course_without_a_number_of_its_own_is_left_out(number):
    course = read_course({"id": number, "fullname": "Ad\0"}, "https://m.example")
    assert (course.key, course.title) == ("", "Ad")
