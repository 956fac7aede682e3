"""A person asks for a place: the portal decides, stores the wish once, and counts the seats."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.enrolment.deciding import Verdict
from catalog.enrolment.invitations import make_key
from catalog.enrolment.models import Capacity, Enrolment, EnrolmentEvent
from catalog.enrolment.requesting import withdraw
from catalog.enrolment.seats import announce_seats
from catalog.models import CourseRun
from search.models import OutboxEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_wish_is_stored_due_at_once_with_its_history(run, person, ask):
    answer = ask(person, run)
    assert answer.decision.verdict == Verdict.GRANTED
    row = Enrolment.objects.get()
    assert (row.person, row.run, row.wanted, row.work) == (person, run, True, "due")
    assert (row.connection, row.lms_key) == (run.course.lms, "SELF-OPEN")
    assert row.place == "none"
    assert [event.kind for event in row.events.all()] == ["requested"]


def test_asking_twice_changes_nothing(run, person, ask):
    first = ask(person, run).enrolment
    again = ask(person, run)
    assert again.decision.verdict == Verdict.ALREADY
    assert again.enrolment == first
    assert EnrolmentEvent.objects.count() == 1
    assert CourseRun.objects.get().seats_taken == 1


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"seats": 3, "seats_taken": 3}, Verdict.NOT_OPEN),
        ({"cancelled": True}, Verdict.NOT_OPEN),
        ({"enrolment_end": timezone.now() - timedelta(hours=1)}, Verdict.NOT_OPEN),
        ({"enrolment_start": timezone.now() + timedelta(hours=1)}, Verdict.NOT_OPEN),
    ],
)
def test_a_run_that_cannot_be_joined_gives_no_place(values, verdict, run_of, person, ask):
    answer = ask(person, run_of(**values))
    assert answer.decision.verdict == verdict
    assert answer.decision.sentence
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("course", "verdict"),
    [
        ({"enrolment": "closed"}, Verdict.NOT_OPEN),
        ({"enrolment": "nomination"}, Verdict.NOT_OFFERED),
        ({"withdrawn_at": timezone.now()}, Verdict.NOT_OFFERED),
        ({"lms_key": ""}, Verdict.NOT_OFFERED),
        ({"lms": None, "lms_key": ""}, Verdict.NOT_OFFERED),
        ({"countries": ("tr",)}, Verdict.NOT_KNOWN),
        ({"audience": "public_employees"}, Verdict.NOT_KNOWN),
        ({"audience": "named_institutions"}, Verdict.NOT_KNOWN),
        ({"enrolment": "invitation"}, Verdict.KEY_MISSING),
        ({"enrolment": "approval"}, Verdict.MANAGER_MISSING),
    ],
)
def test_a_course_that_is_not_for_the_person_gives_no_place(course, verdict, run_of, person, ask):
    answer = ask(person, run_of(course=course))
    assert answer.decision.verdict == verdict
    assert answer.decision.sentence
    assert not Enrolment.objects.exists()


def test_a_run_of_another_countrys_audience_gives_no_place(run_of, ask):
    run = run_of(course={"countries": ("tr",)})
    stranger = factories.make_user(country=factories.make_country("az"))
    assert ask(stranger, run).decision.verdict == Verdict.NOT_ENTITLED
    neighbour = factories.make_user(country=factories.make_country("tr"))
    assert ask(neighbour, run).decision.verdict == Verdict.GRANTED


def test_who_works_in_an_institution_counts_for_its_country(run_of, ask):
    run = run_of(course={"audience": "public_employees", "countries": ("az",)})
    colleague = factories.make_user(institution=factories.make_institution("ministry", "az"))
    assert ask(colleague, run).decision.verdict == Verdict.GRANTED
    foreigner = factories.make_user(institution=factories.make_institution("bakanlik", "tr"))
    assert ask(foreigner, run).decision.verdict == Verdict.NOT_ENTITLED


def test_the_last_seat_goes_once_and_comes_back_when_it_is_given_back(run_of, person, ask):
    run = run_of(seats=1)
    other = factories.make_user()
    row = ask(person, run).enrolment
    assert ask(other, run).decision.verdict == Verdict.NOT_OPEN
    withdraw(row.pk, person)
    assert CourseRun.objects.get(pk=run.pk).seats_taken == 0
    assert ask(other, run).decision.verdict == Verdict.GRANTED


def test_seats_given_elsewhere_are_kept_apart_from_ours(run_of, person, ask):
    run = run_of(seats=10, seats_taken=4)
    ask(person, run)
    assert CourseRun.objects.get().seats_taken == 5
    # The office enters two more that were given by telephone.
    CourseRun.objects.update(seats_taken=7)
    ask(factories.make_user(), run)
    assert CourseRun.objects.get().seats_taken == 8
    assert Capacity.objects.get().elsewhere == 6


def test_pages_hear_at_once_of_the_last_seat_and_later_of_the_others(run_of, person, ask):
    run = run_of(seats=2)
    OutboxEntry.objects.all().delete()
    ask(person, run)
    assert not OutboxEntry.objects.exists()
    assert announce_seats() == 1
    assert OutboxEntry.objects.count() == 1
    assert announce_seats() == 0
    ask(factories.make_user(), run)
    assert OutboxEntry.objects.count() == 2


def test_a_wish_nobody_has_carried_yet_is_given_back_without_asking_the_lms(run, person, ask):
    row = withdraw(ask(person, run).enrolment.pk, person)
    assert (row.wanted, row.work, row.next_try) == (False, "settled", None)
    assert [event.kind for event in row.events.all()] == ["requested", "withdrawn"]
    assert withdraw(row.pk, person).events.count() == 2


def test_a_place_given_back_can_be_asked_for_again(run, person, ask):
    withdraw(ask(person, run).enrolment.pk, person)
    answer = ask(person, run)
    assert answer.decision.verdict == Verdict.GRANTED
    row = Enrolment.objects.get()
    assert (row.wanted, row.work, row.wish) == (True, "due", 3)


def test_nothing_can_be_given_back_once_the_run_is_over(run, person, ask):
    row = ask(person, run).enrolment
    later = timezone.now() + timedelta(days=60)
    assert withdraw(row.pk, person, now=later).wanted


def test_an_invitation_opens_its_own_run_for_as_many_as_it_says(run_of, person, ask):
    run = run_of(course={"enrolment": "invitation"})
    _row, key = make_key(run, uses_most=1)
    assert ask(person, run, key="wrong").decision.verdict == Verdict.KEY_WRONG
    other_run = run_of(course={"enrolment": "invitation"})
    assert ask(person, other_run, key=key).decision.verdict == Verdict.KEY_WRONG
    assert ask(person, run, key=key.lower().replace("-", " ")).decision.verdict == Verdict.GRANTED
    late = ask(factories.make_user(), run, key=key)
    assert late.decision.verdict == Verdict.KEY_WRONG


def test_an_invitation_expires(run_of, person, ask):
    run = run_of(course={"enrolment": "invitation"})
    _row, key = make_key(run, expires_at=timezone.now() - timedelta(minutes=1))
    assert ask(person, run, key=key).decision.verdict == Verdict.KEY_WRONG


def test_a_key_cannot_be_read_again(run_of):
    row, key = make_key(run_of(course={"enrolment": "invitation"}))
    assert key not in str(vars(row))
    assert key.replace("-", "") not in str(vars(row))


def test_history_is_not_rewritten(run, person, ask):
    event = ask(person, run).enrolment.events.get()
    event.detail = "something else"
    with pytest.raises(RuntimeError):
        event.save()


def test_an_unknown_run_is_said_to_be_none(person, ask, run):
    with pytest.raises(CourseRun.DoesNotExist):
        ask(person, CourseRun(pk=run.pk + 1))
