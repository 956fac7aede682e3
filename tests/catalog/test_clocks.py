"""Whose clock a run without a centre goes by: its provider's country's, said where foreign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.addresses import course_url
from catalog.models import Centre
from catalog.people.models import Country
from tests.factories import (
    make_centre,
    make_country,
    make_course,
    make_provider,
    make_run,
    make_session,
)
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    install_site()
    make_country("kz", time_zone="Asia/Almaty")
    academy = make_provider("academy", country="kz")
    return make_course({"az": "Onlayn kurs", "kk": "Онлайн курс"}, provider=academy)


def night(days: int) -> datetime:
    """Half past eight in the evening in London, which is another day in Almaty."""
    day = timezone.now() + timedelta(days=days)
    return day.astimezone(UTC).replace(hour=20, minute=30, second=0, microsecond=0)


def shown(client, course, language: str) -> str:
    title = course.texts.get(locale__language_code=language).title
    return client.get(course_url(course.pk, title, language)).content.decode()


def test_days_and_hours_are_those_of_the_providers_country(client, course):
    run = make_run(course, mode="live_online", start=night(14), end=night(15))
    make_session(run)
    page = shown(client, course, "az")
    there = run.start + timedelta(hours=5)
    assert f">{there.day}" in page
    assert "01:30–04:30" in page
    assert "Almatı vaxtı" in page or "Almaty" in page
    assert "Алматы уақыты" not in shown(client, course, "kk")


def test_a_centre_has_its_own_clock(client, course):
    centre = make_centre("baku", time_zone="Asia/Baku")
    run = make_run(course, mode="classroom", centre=centre, start=night(14), end=night(15))
    make_session(run)
    assert "00:30–03:30" in shown(client, course, "az")


def test_the_calendar_names_the_same_clock(client, course):
    make_run(course, mode="live_online", start=night(14), end=night(15))
    url = course_url(course.pk, "Onlayn kurs", "az")
    assert "TZID=Asia/Almaty" in client.get(f"{url}calendar.ics").content.decode()


@pytest.mark.parametrize("name", ["Baku", "", "../etc/passwd", "Asia/Nowhere", "x" * 41])
def test_countries_and_centres_have_a_clock_that_exists(name):
    with pytest.raises(ValidationError):
        Country(code="xx", name={"en": "X"}, time_zone=name).full_clean()
    with pytest.raises(ValidationError) as told:
        Centre(code="xx", name={"en": "X"}, country=make_country(), time_zone=name).full_clean()
    assert set(told.value.message_dict) == {"time_zone"}
