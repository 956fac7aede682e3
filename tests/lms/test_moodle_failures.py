"""Every way in which a Moodle was seen to fail, and what the portal makes of it."""

from __future__ import annotations

import json

import pytest

from catalog.lms import Outcome, Reason, Scope, pace
from catalog.lms.moodle.errors import is_error, trouble_of
from portal.demo.lms_server import moodle as server_side
from portal.demo.lms_server.answers import text_of

RETRY, MISCONFIGURED = Outcome.RETRY, Outcome.MISCONFIGURED


@pytest.mark.parametrize(
    ("fault", "outcome", "reason"),
    [
        ("invalidtoken", MISCONFIGURED, Reason.TOKEN_REFUSED),
        ("accessexception", MISCONFIGURED, Reason.ACCESS_REFUSED),
        ("nopermissions", MISCONFIGURED, Reason.RIGHT_MISSING),
        ("wsaccessusersuspended", MISCONFIGURED, Reason.SERVICE_ACCOUNT),
        ("wsaccessuserunconfirmed", MISCONFIGURED, Reason.SERVICE_ACCOUNT),
        ("forcepasswordchangenotice", MISCONFIGURED, Reason.PASSWORD_CHANGE),
        ("services_off", MISCONFIGURED, Reason.SERVICES_OFF),
        ("moved", MISCONFIGURED, Reason.WRONG_ADDRESS),
        ("maintenance", RETRY, Reason.MAINTENANCE),
        ("upgrading", RETRY, Reason.UPGRADING),
        ("database_down", RETRY, Reason.DATABASE_DOWN),
        ("write_race", RETRY, Reason.WRITE_RACE),
        ("too_many", RETRY, Reason.BUSY),
        ("gateway", RETRY, Reason.SERVER_ERROR),
        ("html", RETRY, Reason.NOT_JSON),
        ("half", RETRY, Reason.NOT_JSON),
        ("cut", RETRY, Reason.UNREACHABLE),
    ],
)
def test_each_failure_has_its_outcome(there, moodle, account, fault, outcome, reason):
    there.faults.plan(fault, -1)
    for ask in (
        lambda: moodle().enrol(account, "2"),
        lambda: moodle().status(account, "2"),
        lambda: moodle().get("2"),
    ):
        pace._paces.clear()
        result = ask()
        assert (result.outcome, result.reason) == (outcome, reason)
        assert result.sentence
        assert not result.ok


def test_a_failing_function_is_named(there, moodle, account):
    there.faults.plan("accessexception", function="core_enrol_get_users_courses")
    result = moodle().status(account, "2")
    assert "The LMS refuses core_enrol_get_users_courses:" in result.sentence
    assert result.scope is Scope.CONNECTION


def test_maintenance_says_when_to_come_again_and_shows_no_html(there, moodle):
    there.faults.plan("maintenance")
    result = moodle().get("2")
    assert result.retry_after == 300
    assert "<" not in result.raw
    assert "under maintenance" in result.raw


def test_an_expired_token_is_refused_both_times(there, moodle):
    there.site.tokens["demonstration-token"].expired = True
    assert moodle().get("2").reason is Reason.ACCESS_REFUSED
    assert moodle().get("2").reason is Reason.TOKEN_REFUSED


def test_an_empty_token_is_a_matter_of_the_options(moodle):
    result = moodle(token="").get("2")
    assert (result.outcome, result.reason) == (Outcome.MISCONFIGURED, Reason.OPTIONS)


def test_a_wrong_token_is_refused(moodle):
    assert moodle(token="wrong").get("2").reason is Reason.TOKEN_REFUSED


def test_a_function_moodle_does_not_know_is_named(there, moodle):
    sent = trouble_of(
        {
            "exception": "dml_missing_record_exception",
            "errorcode": "invalidrecord",
            "message": "Can't find data record in database table external_functions.",
        },
        "auth_userkey_request_login_url",
    )
    assert sent.reason is Reason.FUNCTION_UNKNOWN
    assert "auth_userkey_request_login_url" in sent.result().sentence


def test_classes_of_older_moodles_make_no_difference():
    for name in ("moodle_exception", "core\\exception\\moodle_exception", "anything"):
        sent = trouble_of({"exception": name, "errorcode": "invalidtoken", "message": ""}, "f")
        assert sent.reason is Reason.TOKEN_REFUSED


def test_the_shape_of_the_token_page_is_an_error_too():
    answer = json.loads(text_of("moodle/invalidlogin.json"))
    assert is_error(answer)
    assert trouble_of(answer, "token").reason is Reason.TOKEN_REFUSED


def test_an_error_code_with_html_in_it_is_stripped(there, moodle):
    there.faults.plan("weak_password", function="core_course_get_courses_by_field")
    result = moodle().get("2")
    assert result.reason is Reason.UNEXPECTED
    assert "<" not in result.detail + result.raw
    assert "at least 8 characters" in result.raw


def test_another_name_for_the_same_machine_is_a_wrong_address(there, moodle):
    there.site.root = there.site.root.replace("127.0.0.1", "moodle.example")
    result = moodle(url=there.site.root.replace("moodle.example", "127.0.0.1")).get("2")
    assert result.reason is Reason.WRONG_ADDRESS
    assert "moodle.example" in result.sentence


def test_no_moodle_at_this_address_is_said(there, moodle):
    result = moodle(url=there.site.root + "/elsewhere").get("2")
    assert (result.reason, result.detail) == (Reason.NO_SERVICE, "404")


def test_void_functions_must_say_null(there, moodle, account, monkeypatch):
    monkeypatch.setitem(server_side.FUNCTIONS, "enrol_manual_enrol_users", lambda call: {"ok": 1})
    result = moodle().enrol(account, "2")
    assert result.reason is Reason.UNEXPECTED


def test_tokens_stand_in_no_address_and_in_no_log(there, moodle, account, caplog):
    caplog.set_level("DEBUG")
    connector = moodle()
    connector.enrol(account, "2")
    there.faults.plan("gateway", -1)
    failed = connector.enrol(account, "3")
    assert set(there.queries) == {""}
    assert "demonstration-token" not in caplog.text
    assert "demonstration-token" not in repr(failed) + repr(connector)
