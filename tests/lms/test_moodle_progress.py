"""Progress, completion and grade are read from Moodle, and doors to its courses are found."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from catalog.lms import Outcome, Reason
from portal.demo.lms_server import moodle as server_side


@pytest.fixture
def row(there, moodle, account):
    moodle().enrol(account, "2")
    return there.site.rows[int(account.id), 2, "manual"]


def test_progress_completion_and_grade_are_told(moodle, account, row):
    row.progress, row.completed_at, row.grade = 100.0, 1_780_000_000, 77.5
    progress = moodle().progress(account, "2").value
    assert (progress.percent, progress.completed) == (100.0, True)
    assert progress.completed_at.timestamp() == 1_780_000_000
    assert (progress.grade, progress.grade_max) == (77.5, 100)


def test_a_course_without_criteria_is_a_state(there, moodle, account, row):
    there.site.courses[2].criteria = False
    row.progress = 40.0
    result = moodle().progress(account, "2")
    assert result.outcome is Outcome.DONE
    assert (result.value.percent, result.value.completed) == (40.0, False)
    assert result.value.grade is None


def test_somebody_who_is_not_in_the_course_is_not_found(moodle, account):
    result = moodle().progress(account, "2")
    assert (result.outcome, result.reason) == (Outcome.NOT_FOUND, Reason.NOT_ENROLLED)


def test_a_service_without_grades_still_tells_progress(there, moodle, account, row):
    row.progress = 40.0
    there.faults.plan("accessexception", function="gradereport_user_get_grade_items")
    assert moodle().progress(account, "2").value.percent == 40.0


def test_the_door_is_the_page_of_the_course(there, moodle, account):
    launch = moodle().launch("2", "az")
    assert launch.url == f"{there.site.root}/course/view.php?id=2"
    assert launch.host == "127.0.0.1"
    assert moodle().launch("A&B c", "az").url.endswith("/course/view.php?name=A%26B+c")
    assert moodle().launch_url(account, "2", "az").value == launch
    assert there.calls == []


def test_with_the_plugin_the_person_arrives_signed_in_and_only_once(there, moodle, account, row):
    launch = moodle(sign_in="userkey").launch_url(account, "2", "az").value
    page = urllib.request.urlopen(launch.url)
    assert page.url == f"{there.site.root}/course/view.php?id=2"
    assert "demonstration" in page.read().decode()
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(launch.url)
    assert caught.value.code == 404
    assert b"Incorrect key" in caught.value.read()


def test_a_login_address_of_another_site_is_not_followed(there, moodle, account, monkeypatch):
    monkeypatch.setitem(
        server_side.FUNCTIONS,
        "auth_userkey_request_login_url",
        lambda call: {"loginurl": "https://evil.example/?key=1"},
    )
    assert moodle(sign_in="userkey").launch_url(account, "2", "az").reason is Reason.UNEXPECTED
