"""The check of a Moodle connection tells in sentences what the token lacks."""

from __future__ import annotations

from catalog.lms import Ability, Level
from catalog.lms.moodle.checking import needed_functions
from portal.demo.lms_server.moodle import FUNCTIONS


def sentences(check, level=None) -> list[str]:
    return [finding.sentence for finding in check.findings if level in (None, finding.level)]


def test_a_good_connection_says_whom_it_reached(moodle):
    check = moodle(sign_in="userkey").check()
    assert check.ok
    assert sentences(check) == [
        "Connected with “Demonstration LMS”, Moodle 4.5.6 (Build: 20250811)."
    ]
    assert check.abilities == frozenset(Ability)


def test_a_missing_function_is_named_with_what_follows(there, moodle):
    token = there.site.tokens["demonstration-token"]
    token.functions = frozenset(FUNCTIONS) - {"enrol_manual_enrol_users"}
    check = moodle().check()
    assert not check.ok
    assert sentences(check, Level.ERROR) == [
        "This token lacks enrol_manual_enrol_users: people cannot be enrolled."
    ]
    assert Ability.ENROL not in check.abilities


def test_progress_may_be_missing(there, moodle):
    token = there.site.tokens["demonstration-token"]
    token.functions = frozenset(FUNCTIONS) - {"gradereport_user_get_grade_items"}
    check = moodle().check()
    assert check.ok
    assert sentences(check, Level.WARNING) == [
        "This token lacks gradereport_user_get_grade_items: progress cannot be shown completely."
    ]


def test_functions_beyond_need_are_pointed_out(there, moodle):
    token = there.site.tokens["demonstration-token"]
    token.functions = frozenset(FUNCTIONS) | {"core_course_update_courses"}
    assert sentences(moodle().check(), Level.WARNING) == [
        "The service holds functions that the portal does not use: core_course_update_courses."
    ]


def test_missing_rights_are_told_by_what_a_course_shows(there, moodle):
    there.site.tokens["demonstration-token"].lacks = frozenset(
        {"moodle/course:view", "moodle/course:update", "moodle/course:enrolreview"}
    )
    check = moodle().check()
    told = " ".join(sentences(check))
    for right in ("moodle/course:view:", "moodle/course:update:", "moodle/course:enrolreview:"):
        assert right in told
    assert not check.ok


def test_another_address_is_told(there, moodle):
    url = there.site.root
    host = there.site.root.split("://")[1]
    there.site.root = "https://moodle.example"
    # The site answers under both names, and says that it is somewhere else.
    there.site.root = _Names("https://moodle.example", host)
    check = moodle(url=url).check()
    assert sentences(check, Level.ERROR) == [
        "The LMS is at another address: https://moodle.example."
    ]


class _Names(str):
    """An address whose host, asked for by the server, is the one it was called by."""

    def __new__(cls, address: str, host: str):
        made = super().__new__(cls, address)
        made.host = host
        return made

    def split(self, *args):
        return ["", self.host]


def test_a_refused_token_is_told(moodle):
    assert sentences(moodle(token="wrong").check()) == [
        "The LMS does not accept the portal's credentials."
    ]


def test_options_are_told_before_anything_is_sent(there, moodle):
    check = moodle(url="ftp://x", rate="0", role="x", sign_in="maybe", token="a\nb").check()
    assert len(check.findings) == 5
    assert there.calls == []


def test_addresses_that_could_hide_a_secret_or_another_host_are_refused(moodle):
    for url in (
        "http://moodle.example",
        "https://user:pass@moodle.example",
        "https://moodle.example?x=1",
        "https://moodle.example#x",
        "https://[::1",
        "https://moodle.example:99999",
        "https:///path",
        "javascript:alert(1)",
    ):
        assert moodle(url=url).problems(), url


def test_the_account_that_must_change_its_password_is_told(there, moodle):
    there.site.tokens["demonstration-token"].problem = "forcepasswordchangenotice"
    told = " ".join(sentences(moodle().check()))
    assert "must change its password" in told


def test_every_needed_function_is_known_to_the_demonstration_lms():
    assert set(needed_functions()) <= set(FUNCTIONS)
