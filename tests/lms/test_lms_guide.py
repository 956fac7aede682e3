"""The guide names exactly what the connectors need."""

from __future__ import annotations

import re
from pathlib import Path

from catalog import lms
from catalog.lms.moodle.checking import needed_functions

GUIDE = (Path(__file__).parents[2] / "docs" / "lms.md").read_text(encoding="utf-8")
# The least rights of a service account, as a real Moodle asked for them.
RIGHTS = """
webservice/rest:use moodle/user:create moodle/user:update moodle/user:viewdetails
moodle/user:viewalldetails moodle/user:viewhiddendetails moodle/site:viewuseridentity
moodle/course:view moodle/course:viewhiddencourses moodle/course:viewparticipants
moodle/course:useremail moodle/course:update moodle/category:viewhiddencategories
enrol/manual:enrol enrol/manual:unenrol moodle/role:assign moodle/grade:viewall
gradereport/user:view gradereport/overview:view report/completion:view report/progress:view
auth/userkey:generatekey
""".split()


def test_the_service_of_the_guide_holds_every_function_and_no_other():
    listed = re.search(r"```\n(\s*core_webservice.*?)```", GUIDE, re.DOTALL)[1].split()
    used = {*needed_functions(), "core_course_search_courses"}
    assert set(listed) == used - {"auth_userkey_request_login_url"}


def test_the_guide_names_every_right():
    assert [right for right in RIGHTS if f"`{right}`" not in GUIDE] == []


def test_the_guide_knows_every_kind():
    assert [kind for kind in lms.kinds() if f"`{kind}`" not in GUIDE] == []


def test_every_reason_has_a_sentence_that_takes_any_detail():
    for reason in lms.Reason:
        told = lms.sentence(reason, "100 % <b>")
        assert told
        assert "%(" not in told


def test_a_reason_of_another_version_is_shown_as_it_is():
    assert lms.sentence("from_the_future", "x") == "from_the_future x"
