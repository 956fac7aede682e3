"""Enrolment in Moodle, situation by situation, as real servers were seen to behave."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from catalog.lms import Account, Outcome, Period, Place, Reason
from catalog.lms.moodle.api import Moodle
from portal.demo.lms_server import moodle as server_side
from portal.demo.lms_server.site import SUSPENDED, Row, Token

from .conftest import SERVICES


def manual(there, account, course: int) -> Row | None:
    return there.site.rows.get((int(account.id), course, "manual"))


# The service account: Moodle looks at nothing.


def test_a_new_person_is_enrolled_and_read_back(there, moodle, account):
    result = moodle().enrol(account, "2")
    assert (result.outcome, result.value) == (Outcome.DONE, Place.ACTIVE)
    assert there.calls[-2:] == ["enrol_manual_enrol_users", "core_enrol_get_users_courses"]
    assert moodle().status(account, "2").value is Place.ACTIVE


def test_a_repeat_changes_nothing(there, moodle, account):
    end = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())
    there.site.rows[int(account.id), 2, "manual"] = Row(int(account.id), 2, "manual", ends=end)
    result = moodle().enrol(account, "2")
    assert result.outcome is Outcome.ALREADY
    assert manual(there, account, 2).ends == end
    assert "enrol_manual_enrol_users" not in there.calls


def test_a_suspension_is_not_lifted_by_asking_again(there, moodle, account):
    row = Row(int(account.id), 2, "manual", status=SUSPENDED)
    there.site.rows[int(account.id), 2, "manual"] = row
    result = moodle().enrol(account, "2")
    assert (result.outcome, result.reason) == (Outcome.CLOSED, Reason.INACTIVE_PLACE)
    assert row.status == SUSPENDED
    assert moodle().unenrol(account, "2").reason is Reason.KEPT_INACTIVE
    assert manual(there, account, 2) is row


def test_a_place_that_is_over_is_not_opened_again(there, moodle, account):
    row = Row(int(account.id), 2, "manual", ends=1_000_000_000)
    there.site.rows[int(account.id), 2, "manual"] = row
    assert moodle().enrol(account, "2").reason is Reason.INACTIVE_PLACE
    assert row.ends == 1_000_000_000


def test_without_the_right_to_list_the_suspended_they_are_still_found(there, moodle, account):
    there.site.tokens["demonstration-token"].lacks = frozenset({"moodle/course:enrolreview"})
    for i in range(700):
        user = there.site.add_user(f"other{i}")
        there.site.rows[user.number, 2, "manual"] = Row(user.number, 2, "manual")
    late = there.site.add_user("p2")
    there.site.rows[late.number, 2, "manual"] = Row(late.number, 2, "manual", status=SUSPENDED)
    assert moodle().status(Account(str(late.number)), "2").value is Place.INACTIVE
    assert moodle().status(account, "2").value is Place.NONE


def test_dates_are_sent_and_a_place_to_come_is_a_place(there, moodle, account):
    start = datetime.now(UTC) + timedelta(days=10)
    period = Period(start, start + timedelta(days=5))
    result = moodle().enrol(account, "2", period=period)
    assert (result.outcome, result.value) == (Outcome.DONE, Place.INACTIVE)
    row = manual(there, account, 2)
    assert (row.begins, row.ends) == tuple(int(m.timestamp()) for m in (period.start, period.end))
    assert moodle().enrol(account, "2", period=period).outcome is Outcome.ALREADY
    assert manual(there, account, 2).begins == row.begins


def test_eight_at_once_leave_one_row_and_nobody_without_a_place(there, moodle, account):
    there.faults.plan("write_race", 4, function="enrol_manual_enrol_users")
    results = []

    def ask() -> None:
        results.append(moodle().enrol(account, "2"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {result.outcome for result in results} <= {
        Outcome.DONE,
        Outcome.ALREADY,
        Outcome.RETRY,
    }
    assert moodle().enrol(account, "2").outcome in (Outcome.DONE, Outcome.ALREADY)
    assert len(there.site.rows_of(int(account.id), 2)) == 1


def test_a_lost_race_whose_winner_was_the_same_person_is_done(there, moodle, account):
    there.faults.plan("lost", function="enrol_manual_enrol_users")
    assert moodle().enrol(account, "2").outcome is Outcome.DONE


def test_a_lost_race_without_a_place_is_tried_again(there, moodle, account):
    there.faults.plan("write_race", function="enrol_manual_enrol_users")
    result = moodle().enrol(account, "2")
    assert (result.outcome, result.reason) == (Outcome.RETRY, Reason.WRITE_RACE)


def test_somebody_with_a_place_of_their_own_gets_no_second_row(there, moodle, account):
    there.site.rows[int(account.id), 2, "self"] = Row(int(account.id), 2, "self")
    assert moodle().enrol(account, "2").outcome is Outcome.ALREADY
    assert manual(there, account, 2) is None


def test_a_hidden_course_takes_nobody(there, moodle, account):
    result = moodle().enrol(account, "8")
    assert result.outcome is Outcome.HIDDEN
    assert manual(there, account, 8) is None


def test_a_course_without_manual_enrolment_is_named(there, moodle, account):
    result = moodle().enrol(account, "9")
    assert (result.outcome, result.reason) == (Outcome.MISCONFIGURED, Reason.NO_METHOD)
    assert "(id = 9)" in result.raw


@pytest.mark.parametrize("course", ["4", "5", "6", "7", "10"])
def test_moodle_leaves_key_seats_and_window_to_the_portal(there, moodle, account, course):
    there.site.rows[99, 5, "manual"] = Row(99, 5, "manual")
    assert moodle().enrol(account, course).outcome is Outcome.DONE


def test_a_course_that_does_not_exist_is_not_found(moodle, account):
    result = moodle().enrol(account, "999")
    assert (result.outcome, result.reason) == (Outcome.NOT_FOUND, Reason.NO_COURSE)
    assert result.sentence == "The LMS has no course with the key “999”."


def test_a_person_who_does_not_exist_is_not_found(there, moodle, account):
    assert moodle().enrol(Account("4711"), "2").reason is Reason.NO_ACCOUNT
    there.faults.plan("invaliduser", function="enrol_manual_enrol_users")
    assert moodle().enrol(account, "2").reason is Reason.NO_ACCOUNT


def test_a_suspended_person_is_not_enrolled(there, moodle, learner, account):
    learner.suspended = True
    result = moodle().enrol(account, "2")
    assert (result.outcome, result.reason) == (Outcome.CLOSED, Reason.ACCOUNT_SUSPENDED)
    assert manual(there, account, 2) is None


def test_a_role_that_may_not_be_given_is_named(moodle, account):
    result = moodle().enrol(account, "11")
    assert (result.outcome, result.reason) == (Outcome.MISCONFIGURED, Reason.ROLE)


def test_a_row_that_was_dropped_in_silence_is_not_taken_for_a_place(
    there, moodle, account, monkeypatch
):
    monkeypatch.setitem(server_side.FUNCTIONS, "enrol_manual_enrol_users", lambda call: None)
    result = moodle().enrol(account, "3")
    assert (result.outcome, result.reason) == (Outcome.RETRY, Reason.NOT_SEEN)


def test_rows_beyond_the_limit_of_php_are_lost_in_silence_there(there, moodle):
    """What the demonstration LMS must do for the connector to be put to the test."""
    people = [there.site.add_user(f"m{i}").number for i in range(40)]
    there.site.input_vars = 93
    direct = Moodle({"url": there.site.root, "token": "demonstration-token"}, SERVICES)
    rows = [{"roleid": 5, "userid": person, "courseid": 2} for person in people]
    direct.void("enrol_manual_enrol_users", enrolments=rows)
    assert len(there.site.rows_of(course=2)) == 30


def test_the_token_survives_the_limit_of_php(there, moodle, account):
    there.site.input_vars = 12
    assert moodle().enrol(account, "2").outcome is Outcome.DONE


# Withdrawal.


def test_a_place_is_taken_back(there, moodle, account):
    moodle().enrol(account, "2")
    result = moodle().unenrol(account, "2")
    assert (result.outcome, result.value) == (Outcome.DONE, Place.NONE)
    assert moodle().unenrol(account, "2").outcome is Outcome.ALREADY


def test_a_person_who_also_enrolled_themselves_stays_and_that_is_said(there, moodle, account):
    moodle().enrol(account, "2")
    there.site.rows[int(account.id), 2, "self"] = Row(int(account.id), 2, "self")
    result = moodle().unenrol(account, "2")
    assert (result.reason, result.value) == (Reason.OTHER_WAY, Place.ACTIVE)
    assert manual(there, account, 2) is None


def test_a_withdrawal_whose_answer_was_lost_is_read_back(there, moodle, account):
    moodle().enrol(account, "2")
    there.faults.plan("lost", function="enrol_manual_unenrol_users")
    assert moodle().unenrol(account, "2").outcome is Outcome.DONE


# The person's own token: Moodle looks at everything.


@pytest.fixture
def own(there, learner) -> Account:
    there.site.tokens["of-p1"] = Token(user=learner.number)
    return Account(str(learner.number), "p1", token="of-p1")


def test_a_person_enrols_under_their_own_token(there, moodle, own):
    assert moodle().enrol(own, "2").outcome is Outcome.DONE
    assert (int(own.id), 2, "self") in there.site.rows


def test_a_repeat_under_an_own_token_is_no_closed_course(moodle, own):
    moodle().enrol(own, "2")
    assert moodle().enrol(own, "2").outcome is Outcome.ALREADY


@pytest.mark.parametrize(
    ("course", "outcome", "reason"),
    [
        ("5", Outcome.FULL, Reason.FULL),
        ("6", Outcome.CLOSED, Reason.CLOSED),
        ("7", Outcome.CLOSED, Reason.NOT_OPEN),
        ("8", Outcome.HIDDEN, Reason.HIDDEN),
        ("9", Outcome.CLOSED, Reason.CLOSED),
        ("10", Outcome.CLOSED, Reason.CLOSED),
        ("4", Outcome.KEY_REQUIRED, Reason.KEY_REQUIRED),
    ],
)
def test_what_moodle_says_to_the_person_is_understood(there, moodle, own, course, outcome, reason):
    there.site.rows[99, 5, "self"] = Row(99, 5, "self")
    result = moodle().enrol(own, course, enrolment_key="wrong")
    assert (result.outcome, result.reason) == (outcome, reason)


@pytest.mark.parametrize("code", [2, 3, 4])
def test_every_kind_of_key_is_asked_for_and_the_right_one_opens(there, moodle, own, code):
    there.site.courses[4].key_warning = code
    assert moodle().enrol(own, "4").outcome is Outcome.KEY_REQUIRED
    assert moodle().enrol(own, "4", enrolment_key="open sesame").outcome is Outcome.DONE


def test_a_course_that_went_meanwhile_is_not_found(there, moodle, own):
    connector = moodle()
    assert connector.get("2").ok
    gone = there.site.courses.pop(2)
    assert connector.enrol(own, "2").reason is Reason.NO_COURSE
    there.site.courses[2] = gone


def test_a_dead_token_of_one_person_is_no_fault_of_the_connection(there, moodle, own):
    connector = moodle()
    del there.site.tokens["of-p1"]
    result = connector.enrol(own, "2")
    assert (result.outcome, result.reason) == (Outcome.CLOSED, Reason.PERSON_REFUSED)
    assert result.scope == "person"
    assert connector.status(own, "2").ok


def test_a_suspended_person_is_refused_under_their_own_token(there, moodle, own, learner):
    there.faults.plan("wsaccessusersuspended", function="enrol_self_enrol_user")
    assert moodle().enrol(own, "2").reason is Reason.ACCOUNT_SUSPENDED
