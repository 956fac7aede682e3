"""Calendars that strict programs accept, and in which a moved session stays the same event."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from catalog.addresses import centre_url, course_url
from tests.factories import make_centre, make_course, make_run, make_session
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    install_site()


@pytest.fixture
def centre():
    return make_centre("seki", address={"az": "M. F. Axundzadə küçəsi 1"})


@pytest.fixture
def session(centre):
    run = make_run(make_course({"az": "Açıq məlumat"}), centre=centre, mode="classroom")
    return make_session(run, centre.rooms.get(), title={"az": "İlk görüş"})


def read(client, address: str) -> Calendar:
    answer = client.get(address + "calendar.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"\r\n" in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    return Calendar.from_ical(answer.content)


def course_calendar(client, course) -> Calendar:
    return read(client, course_url(course.pk, "Açıq məlumat", "az"))


def test_a_course_has_its_sessions_with_place_and_zone(client, session):
    found = course_calendar(client, session.run.course)
    (event,) = found.events
    assert str(event["summary"]) == "Açıq məlumat: İlk görüş"
    assert "Axundzadə" in event["location"]
    assert event["dtstart"].dt == session.start.replace(microsecond=0)
    assert event["dtstart"].params["TZID"] == "Asia/Baku"
    assert found.get_missing_tzids() == set()
    assert {str(zone["tzid"]) for zone in found.timezones} == {"Asia/Baku"}
    for needed in ("uid", "dtstamp", "sequence", "status", "url"):
        assert needed in event


def test_a_moved_session_is_the_same_event_with_a_greater_number(client, session):
    (before,) = course_calendar(client, session.run.course).events
    session.start += timedelta(days=1)
    session.end += timedelta(days=1)
    session.save()
    session.run.save_revision()
    (after,) = course_calendar(client, session.run.course).events
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt > before["dtstart"].dt


def test_a_cancelled_run_is_said_to_be_cancelled(client, session):
    session.run.cancelled = True
    session.run.save()
    (event,) = course_calendar(client, session.run.course).events
    assert event["status"] == "CANCELLED"


def test_a_run_without_sessions_is_one_event_and_a_past_one_is_left_out(client):
    course = make_course({"az": "Açıq məlumat"})
    run = make_run(course)
    now = timezone.now()
    make_run(course, start=now - timedelta(days=9), end=now - timedelta(days=2))
    (event,) = course_calendar(client, course).events
    assert event["dtstart"].dt == run.start.replace(microsecond=0)


def test_a_centre_has_what_takes_place_in_it(client, centre, session):
    other = make_centre("quba")
    make_session(make_run(session.run.course, centre=other), other.rooms.get())
    (event,) = read(client, centre_url(centre.pk, str(centre.name), "az")).events
    assert str(event["uid"]).startswith(f"session-{session.pk}@")


def test_drafts_and_unknown_files_have_no_calendar(client):
    draft = make_course({"az": "Qaralama"}, live=False)
    assert client.get(course_url(draft.pk, "x", "az") + "calendar.ics").status_code == 404
    course = make_course({"az": "Kurs"})
    assert client.get(course_url(course.pk, "Kurs", "az") + "calendar.pdf").status_code == 404
