"""The worker carries wishes into the LMS: every answer has its consequence, nothing is doubled."""

from __future__ import annotations

import pytest

from catalog.enrolment.models import Enrolment, LMSAccount, Mail
from catalog.enrolment.reconciling import probe, reconcile
from catalog.enrolment.requesting import withdraw
from catalog.enrolment.settling import try_again
from catalog.models import CourseRun
from portal.demo.lms_server.site import SUSPENDED
from tests import factories

pytestmark = pytest.mark.django_db


def stored(row: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=row.pk)


def kinds(row: Enrolment) -> list[str]:
    return [event.kind for event in row.events.all()]


def mails(row: Enrolment) -> list[str]:
    return [mail.kind for mail in row.mails.order_by("pk")]


def test_a_wish_is_confirmed_by_the_lms_and_told(run, person, ask, carrier, there):
    row = ask(person, run).enrolment
    assert carrier.work(10) == 1
    row = stored(row)
    assert (row.work, row.place, row.reason, row.next_try) == ("settled", "active", "", None)
    assert row.is_confirmed
    assert kinds(row) == ["requested", "confirmed"]
    assert mails(row) == ["confirmed"]
    (user,) = there.site.user_named("username", person.username)
    assert there.site.is_in(user.number, 2)
    line = LMSAccount.objects.get()
    assert (line.remote_id, line.lease, line.leased_until) == (str(user.number), "", None)


def test_a_confirmed_place_given_back_is_taken_out_of_the_lms(run, person, ask, carrier, there):
    row = ask(person, run).enrolment
    carrier.work(10)
    withdraw(row.pk, person)
    carrier.work(10)
    row = stored(row)
    assert (row.work, row.place, row.wanted, row.begun_at) == ("settled", "none", False, None)
    (user,) = there.site.user_named("username", person.username)
    assert not there.site.is_in(user.number, 2)
    assert mails(row) == ["confirmed", "removed"]


@pytest.mark.parametrize(
    ("key", "work", "reason"),
    [
        ("HIDDEN", "refused", "hidden"),
        ("NOBODY-KNOWS", "refused", "no_course"),
        ("NO-INSTANCE", "stuck", "no_method"),
        ("ROLE", "stuck", "role"),
    ],
)
def test_what_the_lms_refuses_is_named_and_told(key, work, reason, run_of, person, ask, carrier):
    run = run_of(key, course={"contact_email": "office@academy.example"})
    row = ask(person, run).enrolment
    carrier.work(10)
    row = stored(row)
    assert (row.work, row.reason) == (work, reason)
    assert sorted(mails(row)) == sorted(["support", "problem" if work == "refused" else "delayed"])
    assert row.mails.get(kind="support").to == "office@academy.example"
    # A place that was turned down takes no seat, one that is being mended keeps it.
    assert CourseRun.objects.get().seats_taken == (0 if work == "refused" else 1)


def test_an_account_suspended_there_is_told_to_the_person(run, person, ask, carrier, there):
    there.site.add_user(person.username, email=person.email, suspended=True)
    row = ask(person, run).enrolment
    carrier.work(10)
    assert (stored(row).work, stored(row).reason) == ("refused", "account_suspended")


def test_a_suspended_place_stays_suspended(run, person, ask, carrier, there):
    user = there.site.add_user(person.username, email=person.email)
    row = ask(person, run).enrolment
    carrier.work(10)
    place = there.site.rows_of(user.number, 2)[0]
    place.status, place.begins, place.ends = SUSPENDED, 5, 10
    withdraw(row.pk, person)
    ask(person, run)
    carrier.work(10)
    row = stored(row)
    assert (row.work, row.reason, row.place) == ("refused", "inactive_place", "inactive")
    kept = there.site.rows_of(user.number, 2)[0]
    assert (kept.status, kept.begins, kept.ends) == (SUSPENDED, 5, 10)


@pytest.mark.parametrize("fault", ["maintenance", "upgrading", "gateway", "html", "database_down"])
def test_a_passing_fault_is_tried_again_later(fault, run, person, ask, carrier, there, clock):
    row = ask(person, run).enrolment
    there.faults.plan(fault, 1)
    carrier.work(10)
    row = stored(row)
    assert (row.work, row.attempts, row.place) == ("due", 1, "none")
    assert row.next_try > clock.now
    assert carrier.work(10) == 0
    clock.on(minutes=10)
    carrier.work(10)
    assert stored(row).is_confirmed
    assert kinds(row) == ["requested", "delayed", "confirmed"]


def test_a_lost_answer_is_read_back_and_nothing_is_doubled(run, person, ask, carrier, there, clock):
    there.faults.plan("lost", 1, function="enrol_manual_enrol_users")
    row = ask(person, run).enrolment
    carrier.work(10)
    clock.on(minutes=10)
    carrier.work(10)
    assert stored(row).is_confirmed
    (user,) = there.site.user_named("username", person.username)
    assert len(there.site.rows_of(user.number, 2)) == 1


def test_an_lms_that_rests_costs_no_attempt_and_holds_back_all(run, ask, carrier, there, clock):
    rows = [ask(factories.make_user(), run).enrolment for _i in range(8)]
    there.faults.plan("gateway", -1)
    carrier.work(10)
    attempts = [stored(row).attempts for row in rows]
    assert sum(attempts) == 5
    assert all(stored(row).work == "due" and stored(row).next_try > clock.now for row in rows)


def test_after_many_attempts_a_person_is_told_and_mending_frees_everybody(
    run, ask, carrier, there, clock
):
    rows = [ask(factories.make_user(), run).enrolment for _i in range(3)]
    there.faults.plan("accessexception", -1)
    carrier.work(10)
    assert {stored(row).work for row in rows} == {"stuck"}
    assert {stored(row).reason for row in rows} == {"access_refused"}
    # One fault of the connection is one mail to the office.
    run.course.provider.email = "office@academy.example"
    assert Mail.objects.filter(kind="support").count() <= 1
    there.faults.clear()
    assert probe(clock.now) == 1
    carrier.work(10)
    carrier.work(10)
    assert all(stored(row).is_confirmed for row in rows)


def test_too_many_passing_faults_end_with_a_person(run, person, ask, carrier, there, clock):
    course = run.course
    course.contact_email = "office@academy.example"
    course.save()
    row = ask(person, run).enrolment
    there.faults.plan("write_race", -1, function="enrol_manual_enrol_users")
    for _attempt in range(carrier.policy.attempts):
        carrier.work(10)
        clock.on(hours=2)
    row = stored(row)
    assert (row.work, row.reason) == ("stuck", "write_race")
    assert sorted(mails(row)) == ["delayed", "support"]
    there.faults.clear()
    assert try_again(row.pk, person, clock.now)
    carrier.work(10)
    assert stored(row).is_confirmed


def test_a_run_cancelled_meanwhile_is_not_arranged(run, person, ask, carrier, there):
    row = ask(person, run).enrolment
    CourseRun.objects.update(cancelled=True)
    carrier.work(10)
    assert (stored(row).work, stored(row).reason) == ("refused", "run_cancelled")
    assert not there.site.user_named("username", person.username)


def test_a_line_that_another_worker_holds_is_left_until_the_lease_ends(
    run, person, ask, carrier, clock
):
    row = ask(person, run).enrolment
    line = carrier._claim()
    assert line.person == person
    assert carrier.work(10) == 0
    clock.on(seconds=carrier.policy.lease + 1)
    carrier.work(10)
    assert stored(row).is_confirmed


def test_what_a_worker_says_whose_lease_has_passed_on_is_not_written(
    run, person, ask, carrier, clock
):
    from catalog.enrolment import settling

    row = ask(person, run).enrolment
    late = carrier._claim()
    begun = settling.begin(row.pk, clock.now)
    result = carrier._ask(late, begun)
    clock.on(seconds=carrier.policy.lease + 1)
    carrier.work(10)
    events = kinds(stored(row))
    options = {"policy": carrier.policy, "dice": carrier.dice}
    assert not settling.settle(begun, late, result, clock.now, **options)
    assert kinds(stored(row)) == events


def test_given_back_while_the_lms_was_being_told_is_taken_out_again(
    run, person, ask, carrier, clock, there
):
    from catalog.enrolment import settling

    row = ask(person, run).enrolment
    line = carrier._claim()
    begun = settling.begin(row.pk, clock.now)
    result = carrier._ask(line, begun)
    assert withdraw(row.pk, person).work == "due"
    options = {"policy": carrier.policy, "dice": carrier.dice}
    settling.settle(begun, line, result, clock.now, **options)
    row = stored(row)
    assert (row.work, row.place, row.wanted) == ("due", "active", False)
    clock.on(seconds=carrier.policy.lease + 1)
    carrier.work(10)
    assert (stored(row).work, stored(row).place) == ("settled", "none")
    (user,) = there.site.user_named("username", person.username)
    assert not there.site.rows_of(user.number, 2)


def test_who_was_taken_out_in_the_lms_is_found_and_not_put_back(
    run, person, ask, carrier, there, clock
):
    row = ask(person, run).enrolment
    carrier.work(10)
    there.site.rows.clear()
    assert reconcile(clock.now) == 0
    clock.on(days=2)
    assert reconcile(clock.now) == 1
    row = stored(row)
    assert (row.work, row.place, row.reason) == ("stuck", "none", "not_enrolled")
    carrier.work(10)
    assert not there.site.rows


def test_who_came_back_by_mistake_is_taken_out_again(run, person, ask, carrier, there, clock):
    row = ask(person, run).enrolment
    carrier.work(10)
    kept = dict(there.site.rows)
    withdraw(row.pk, person)
    carrier.work(10)
    Enrolment.objects.update(begun_at=clock.now)
    there.site.rows.update(kept)
    clock.on(days=2)
    assert reconcile(clock.now) == 1
    carrier.work(10)
    assert not there.site.rows


def test_reconciling_an_lms_that_is_down_changes_nothing(run, person, ask, carrier, there, clock):
    row = ask(person, run).enrolment
    carrier.work(10)
    there.faults.plan("gateway", -1)
    clock.on(days=2)
    assert reconcile(clock.now) == 0
    assert stored(row).is_confirmed


def test_an_account_that_has_gone_from_the_lms_is_made_anew(
    run_of, person, ask, carrier, there, clock
):
    ask(person, run_of())
    carrier.work(10)
    there.site.users.clear()
    there.site.rows.clear()
    row = ask(person, run_of("MANUAL-ONLY")).enrolment
    carrier.work(10)
    assert stored(row).reason == "no_account"
    clock.on(minutes=5)
    carrier.work(10)
    assert stored(row).is_confirmed


def test_a_connection_at_rest_is_not_spoken_to(run, person, ask, carrier, connection):
    row = ask(person, run).enrolment
    connection.active = False
    connection.save()
    assert carrier.work(10) == 0
    assert stored(row).work == "due"


def test_a_wish_that_stays_stuck_does_not_fill_its_history(run, person, ask, carrier, there, clock):
    row = ask(person, run).enrolment
    there.faults.plan("accessexception", -1)
    for _hour in range(5):
        carrier.work(10)
        clock.on(hours=1)
        probe(clock.now)
    assert kinds(row) == ["requested", "stuck"]
    assert mails(row).count("delayed") == 1


def test_who_erases_their_account_meanwhile_stops_nobody_else(run, ask, carrier, clock):
    from catalog.enrolment import settling

    leaving, staying = factories.make_user(), factories.make_user()
    row = ask(leaving, run).enrolment
    line = carrier._claim()
    begun = settling.begin(row.pk, clock.now)
    result = carrier._ask(line, begun)
    other = ask(staying, run).enrolment
    leaving.delete()
    options = {"policy": carrier.policy, "dice": carrier.dice}
    assert not settling.settle(begun, line, result, clock.now, **options)
    carrier.work(10)
    assert stored(other).is_confirmed


def test_a_connection_of_a_kind_that_is_gone_names_itself(run, person, ask, carrier, connection):
    row = ask(person, run).enrolment
    type(connection).objects.update(kind="gone")
    carrier.work(10)
    assert (stored(row).work, stored(row).reason) == ("stuck", "options")
