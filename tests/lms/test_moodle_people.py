"""Accounts in Moodle are found, made once, and never mistaken for somebody else's."""

from __future__ import annotations

import threading

from catalog.lms import Outcome, Person, Reason

AYNUR = Person("P77", "Aynur İsmət", "Əliyeva", "aynur@gov.example", True, language="az")


def test_a_new_person_is_made_for_single_sign_on(there, moodle):
    there.site.languages |= {"az"}
    result = moodle(languages="az, tr").ensure_user(AYNUR)
    assert result.outcome is Outcome.DONE
    user = there.site.users[int(result.value.id)]
    assert (user.username, user.auth, user.lang) == ("p77", "oauth2", "az")
    assert (user.first_name, user.last_name) == ("Aynur İsmət", "Əliyeva")


def test_a_language_that_is_not_installed_is_not_sent(there, moodle):
    assert moodle().ensure_user(AYNUR).outcome is Outcome.DONE


def test_a_person_who_is_there_is_found(moodle):
    first = moodle().ensure_user(AYNUR)
    second = moodle().ensure_user(AYNUR)
    assert (second.outcome, second.value) == (Outcome.ALREADY, first.value)


def test_a_lost_answer_does_not_make_a_second_account(there, moodle):
    there.faults.plan("lost", function="core_user_create_users")
    result = moodle().ensure_user(AYNUR)
    assert result.outcome is Outcome.DONE
    assert [user.number for user in there.site.user_named("username", "p77")] == [
        int(result.value.id)
    ]


def test_two_at_once_get_one_account(there, moodle):
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(moodle().ensure_user(AYNUR)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result.ok for result in results)
    assert len({result.value.id for result in results}) == 1


def test_an_account_of_another_name_with_the_same_address_is_not_taken_unasked(there, moodle):
    there.site.add_user("old.account", email="Aynur@gov.example")
    result = moodle().ensure_user(AYNUR)
    assert (result.outcome, result.reason) == (Outcome.MISCONFIGURED, Reason.EMAIL_TAKEN)
    assert result.scope == "person"


def test_where_the_connection_says_so_a_confirmed_address_is_enough(there, moodle):
    old = there.site.add_user("old.account", email="Aynur@gov.example")
    connector = moodle(match_email="yes")
    assert connector.ensure_user(AYNUR).value.id == str(old.number)
    unconfirmed = Person("p78", "A", "B", "aynur@gov.example", False)
    assert connector.ensure_user(unconfirmed).reason is Reason.EMAIL_TAKEN


def test_a_person_without_an_address_is_told_so(moodle):
    assert moodle().ensure_user(Person("p79", "A", "B")).reason is Reason.EMAIL_MISSING


def test_a_refusal_without_a_cause_is_handed_to_staff(there, moodle):
    result = moodle().ensure_user(Person("p80", "A", "B", "no address"))
    assert (result.outcome, result.reason) == (Outcome.MISCONFIGURED, Reason.ACCOUNT_REFUSED)
    assert "Invalid parameter value detected" in result.raw


def test_a_suspended_account_is_said(there, moodle):
    there.site.add_user("p77", email="x@gov.example", suspended=True)
    assert moodle().ensure_user(AYNUR).reason is Reason.ACCOUNT_SUSPENDED


def test_with_manual_sign_in_moodle_makes_the_password(there, moodle):
    result = moodle(auth="manual").ensure_user(AYNUR)
    assert there.site.users[int(result.value.id)].auth == "manual"


def test_a_single_name_is_enough(there, moodle):
    result = moodle().ensure_user(Person("p81", "Madonna", "", "m@gov.example"))
    assert there.site.users[int(result.value.id)].last_name == "-"
