"""Where a run and a course stand, in words, at every moment and exactly at the boundaries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from catalog.availability import RunFacts, State, course_availability, run_availability

BAKU = timezone(timedelta(hours=4))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026 on the clocks of Baku, which know no summer time."""
    return datetime(2026, 3, day, hour, minute, tzinfo=BAKU)


NOW = at(10, 12)
CLASS = {
    "enrolment_start": at(1),
    "enrolment_end": at(15),
    "start": at(20, 9),
    "end": at(22, 18),
}


def run(**facts) -> RunFacts:
    return RunFacts(**(CLASS | facts))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("facts", "state", "label", "next_change"),
    [
        ({}, State.OPEN, "Enrolment open until 14 March 2026", at(12)),
        ({"enrolment_end": at(13, 12)}, State.OPEN, None, at(13, 12)),
        ({"enrolment_start": at(11)}, State.UPCOMING, "Enrolment opens on 11 March 2026", at(11)),
        ({"enrolment_start": None}, State.OPEN, "Enrolment open until 14 March 2026", at(12)),
        ({"enrolment_end": None}, State.OPEN, "Enrolment open until 20 March 2026", at(17, 9)),
        ({"seats": 20, "taken": 20}, State.FULL, "All seats are taken", at(15)),
        ({"seats": 20, "taken": 25}, State.FULL, "All seats are taken", at(15)),
        ({"seats": 20, "taken": 19}, State.OPEN, None, at(12)),
        (
            {"enrolment_end": at(9)},
            State.CLOSED,
            "Enrolment is closed; starts on 20 March 2026",
            at(20, 9),
        ),
        ({"start": None, "end": None, "enrolment_end": at(9)}, State.CLOSED, None, None),
        (
            {"start": None, "end": None, "enrolment_end": None},
            State.ANNOUNCED,
            "Dates will be announced",
            None,
        ),
        ({"start": None, "end": None}, State.OPEN, "Enrolment open until 14 March 2026", at(12)),
        (
            {"start": at(9), "enrolment_end": at(8)},
            State.RUNNING,
            "Under way; enrolment is closed",
            at(22, 18),
        ),
        ({"start": at(9)}, State.OPEN, "Enrolment open until 14 March 2026", at(12)),
        ({"start": at(8), "end": at(9)}, State.FINISHED, "Finished on 8 March 2026", None),
        ({"cancelled": True}, State.CANCELLED, "Cancelled", None),
        ({"cancelled": True, "end": at(9), "start": at(8)}, State.CANCELLED, "Cancelled", None),
    ],
)
def test_a_class_with_dates(facts, state, label, next_change):
    found = run_availability(run(**facts), NOW)
    assert found.state == state
    assert label is None or found.label == label
    assert found.next_change == next_change


@pytest.mark.parametrize(
    ("facts", "state", "next_change"),
    [
        ({}, State.ANYTIME, None),
        ({"start": at(1)}, State.ANYTIME, None),
        ({"start": at(11)}, State.UPCOMING, at(11)),
        ({"start": at(20), "enrolment_end": at(15)}, State.OPEN, at(12)),
        ({"enrolment_end": at(30)}, State.OPEN, at(27)),
        ({"start": at(1), "end": at(30)}, State.ANYTIME, at(30)),
        ({"start": at(1), "end": at(9)}, State.FINISHED, None),
        ({"start": at(1), "enrolment_end": at(9)}, State.RUNNING, None),
        ({"seats": 5, "taken": 5}, State.FULL, None),
    ],
)
def test_learning_in_ones_own_time(facts, state, next_change):
    found = run_availability(RunFacts(self_paced=True, **facts), NOW)
    assert (found.state, found.next_change) == (state, next_change)


@pytest.mark.parametrize(
    ("moment", "state", "closing"),
    [
        (at(1) - timedelta(microseconds=1), State.UPCOMING, False),
        (at(1), State.OPEN, False),
        (at(12) - timedelta(microseconds=1), State.OPEN, False),
        (at(12), State.OPEN, True),
        (at(15) - timedelta(microseconds=1), State.OPEN, True),
        (at(15), State.CLOSED, False),
        (at(20, 9) - timedelta(microseconds=1), State.CLOSED, False),
        (at(20, 9), State.RUNNING, False),
        (at(22, 18) - timedelta(microseconds=1), State.RUNNING, False),
        (at(22, 18), State.FINISHED, False),
    ],
)
def test_every_boundary_belongs_to_what_begins_there(moment, state, closing):
    found = run_availability(run(), moment)
    assert (found.state, found.closing) == (state, closing)
    elsewhere = run_availability(run(), moment.astimezone(UTC))
    assert (elsewhere.state, elsewhere.next_change) == (found.state, found.next_change)


def test_a_class_whose_end_nobody_entered_is_over_a_day_later():
    facts = {"start": at(20, 9), "end": None, "enrolment_end": None}
    assert run_availability(run(**facts), at(20, 9)).state == State.RUNNING
    assert run_availability(run(**facts), at(21, 9)).state == State.FINISHED


def test_enrolment_that_opens_after_the_start_lasts_until_the_end():
    facts = run(enrolment_start=at(21), enrolment_end=None)
    assert run_availability(facts, at(20, 12)).state == State.UPCOMING
    assert run_availability(facts, at(21)).state == State.OPEN
    assert run_availability(facts, at(22, 18)).state == State.FINISHED


def test_the_last_hours_of_enrolment_are_told_with_the_clock_and_whose_it_is():
    facts = run(enrolment_end=at(12, 18, 30))
    assert run_availability(facts, NOW).label == (
        "Enrolment closes soon: 12 March 2026, 18:30 (Baku time)"
    )
    with translation.override("az"):
        assert run_availability(facts, NOW).label.endswith("12 mart 2026, 18:30")
    midnight = run_availability(run(enrolment_end=at(13)), NOW)
    assert midnight.label == "Enrolment closes soon: 12 March 2026, 24:00 (Baku time)"


def test_days_are_those_of_the_place_where_the_run_is_held():
    closes = datetime(2026, 3, 14, 23, 59, tzinfo=timezone(timedelta(hours=3)))
    assert "15 March" in run_availability(run(enrolment_end=closes), NOW).label
    there = run(enrolment_end=closes, zone="Europe/Istanbul")
    assert "14 March" in run_availability(there, NOW).label


def test_a_zone_that_does_not_exist_is_read_as_the_portals():
    assert "14 March" in run_availability(run(zone="Mars/Olympus"), NOW).label


@pytest.mark.parametrize("field", ["start", "end", "enrolment_start", "enrolment_end"])
def test_moments_without_a_zone_are_refused(field):
    with pytest.raises(ValueError, match="time zone"):
        RunFacts(**{field: datetime(2026, 3, 1)})


def test_now_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        run_availability(run(), datetime(2026, 3, 10))


@pytest.mark.parametrize(
    ("runs", "kind", "enrolment", "state"),
    [
        ([], "course", "open", State.ANNOUNCED),
        ([], "live", "open", State.ANNOUNCED),
        ([], "video", "open", State.ANYTIME),
        ([], "slides", "approval", State.ANYTIME),
        ([], "document", "closed", State.CLOSED),
        ([run()], "course", "closed", State.CLOSED),
        ([run(cancelled=True)], "course", "open", State.CANCELLED),
        ([run(cancelled=True), run(seats=1, taken=1)], "course", "open", State.FULL),
        ([run(start=at(2), end=at(3)), run()], "course", "open", State.OPEN),
        ([RunFacts(self_paced=True), run(enrolment_start=at(11))], "course", "open", State.ANYTIME),
    ],
)
def test_a_course_shows_the_best_of_its_runs(runs, kind, enrolment, state):
    assert course_availability(runs, kind, enrolment, NOW).state == state


def test_among_open_runs_the_first_to_close_speaks_and_the_first_change_of_any_counts():
    early, late = run(enrolment_end=at(14)), run(enrolment_end=at(18))
    later = run(enrolment_start=at(10, 13))
    found = course_availability([late, early, later], "course", "open", NOW)
    assert found.date == at(14)
    assert found.next_change == at(10, 13)


def test_of_finished_runs_the_latest_is_named():
    runs = [run(start=at(d), end=at(d, 12), enrolment_end=None) for d in (2, 6, 4)]
    assert "6 March" in course_availability(runs, "course", "open", NOW).label


@pytest.mark.parametrize(
    ("facts", "kind", "action"),
    [
        ([run()], "course", "Enrol"),
        ([RunFacts(self_paced=True)], "course", "Start learning"),
        ([run(seats=0)], "course", ""),
        ([], "course", ""),
    ],
)
def test_the_verb_is_there_only_when_there_is_something_to_do(facts, kind, action):
    assert course_availability(facts, kind, "open", NOW).action == action


_moments = st.none() | st.integers(0, 40).map(lambda hours: at(10) + timedelta(hours=hours))


@given(
    start=_moments,
    end=_moments,
    opens=_moments,
    closes=_moments,
    seats=st.none() | st.integers(0, 1),
    self_paced=st.booleans(),
)
def test_words_never_change_before_the_moment_that_was_foretold(
    start, end, opens, closes, seats, self_paced
):
    facts = RunFacts(start, end, opens, closes, seats, 0, self_paced)
    now = at(10)
    first = run_availability(facts, now)
    for step in range(1, 4 * 45):
        moment = now + timedelta(minutes=15 * step)
        if first.next_change is not None and moment >= first.next_change:
            break
        assert run_availability(facts, moment).label == first.label
