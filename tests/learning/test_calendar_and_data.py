"""People take their dates and their data with them, and may be forgotten."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from urllib.parse import urlencode

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from catalog.connections.lti_models import LTIScore
from catalog.enrolment.models import Enrolment
from catalog.people.models import User
from home.models import HelpMessage
from portal.learning.erasing import LONGEST, finish
from portal.learning.models import CalendarKey, Erasure
from tests.accounts.codes import PASSWORD
from tests.factories import make_session, make_user
from tests.signing_in import sign_in_freshly

HOME = "/en/my-learning/"


def address(client) -> str:
    return "/" + client.get(HOME).context["calendar"].split("/", 3)[3]


def events(client, url: str) -> list:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_calendar_holds_the_dates_without_signing_in(at_home, placed, client):
    soon = timezone.now() + timedelta(days=2)
    make_session(placed.run, start=soon, end=soon + timedelta(hours=2))
    url = address(at_home)
    client.logout()
    (event,) = events(client, url)
    assert event["summary"].startswith("Course SELF-OPEN")


def test_a_new_address_makes_the_old_one_void(at_home, placed, client):
    url = address(at_home)
    at_home.post(HOME + "calendar/renew/")
    assert address(at_home) != url
    assert client.get(url).status_code == 404
    assert client.get(HOME + "calendar/" + "x" * 43 + ".ics").status_code == 404


def test_the_calendar_of_somebody_who_left_is_void(at_home, person, client):
    url = address(at_home)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(url).status_code == 404


def test_all_data_come_as_json_and_nothing_of_others(at_home, placed, person):
    other = make_user(first_name="Somebody", last_name="Else")
    answer = at_home.get(HOME + "my-learning.json")
    data = json.loads(answer.content)
    assert data["account"]["last_name"] == person.last_name
    assert data["enrolments"][0]["place"] == "active"
    assert [one["what"] for one in data["enrolments"][0]["history"]] == ["requested", "confirmed"]
    assert data["lms_accounts"][0]["remote_id"]
    assert other.last_name not in answer.content.decode()
    assert person.password not in answer.content.decode()


def test_what_people_wrote_to_the_academy_is_theirs_and_goes_with_them(at_home, person):
    def write(sender, **words):
        form = {"email": person.email.upper(), "topic": "course", "message": "Nə vaxt başlayır?"}
        assert sender.post("/en/write-to-us/", form | words).status_code == 302

    write(at_home, email="at-home@example.org", message="Evdən yazıram, salam.")
    write(Client())
    write(Client(), email="somebody@example.org", message="Başqasının sözləri.")
    told = json.loads(at_home.get(HOME + "my-learning.json").content)["help_messages"]
    assert [one["message"] for one in told] == ["Evdən yazıram, salam.", "Nə vaxt başlayır?"]
    assert all("note" not in one for one in told)
    sign_in_freshly(at_home, person)
    at_home.post(HOME + "erase/", {"sure": "yes"})
    assert [one.email for one in HelpMessage.objects.all()] == ["somebody@example.org"]


def test_the_table_holds_no_formula(at_home, person, run_of, ask):
    ask(person, run_of("SELF-OPEN", course={"title": "=HYPERLINK(1)"}))
    answer = at_home.get(HOME + "my-learning.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_erasing_needs_the_box_and_then_forgets(at_home, placed, person, carrier, there, clock):
    url = HOME + "erase/"
    sign_in_freshly(at_home, person)
    assert at_home.post(url).status_code == 400
    assert User.objects.get(pk=person.pk).is_active
    name = person.last_name
    LTIScore.objects.all().delete()
    assert at_home.post(url, {"sure": "yes"}).status_code == 302
    assert at_home.get(HOME).status_code == 302
    row = User.objects.get(pk=person.pk)
    assert (row.is_active, row.email, row.first_name, row.last_name) == (False, "", "", "")
    assert name not in str(row)
    assert not CalendarKey.objects.filter(person=row).exists()
    assert finish() == 0
    carrier.work(10)
    assert not [key for key in there.site.rows if key[2] == "manual"]
    assert finish() == 1
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Enrolment.objects.exists()


def test_who_finds_an_open_session_is_asked_for_the_password_first(at_home, person):
    url = HOME + "erase/"
    for answer in (at_home.get(url), at_home.post(url, {"sure": "yes"})):
        assert answer.url == f"/en/account/confirm/?{urlencode({'next': url})}"
    assert User.objects.get(pk=person.pk).is_active
    wrong = at_home.post(answer.url, {"password": "not this one"})
    assert wrong.status_code == 200
    assert User.objects.get(pk=person.pk).is_active
    # What was sent before is not lost.
    assert at_home.post(answer.url, {"password": PASSWORD}).url == "/en/"
    assert not User.objects.get(pk=person.pk).is_active


def test_an_lms_that_never_answers_does_not_keep_a_person_for_ever(at_home, placed, person):
    sign_in_freshly(at_home, person)
    at_home.post(HOME + "erase/", {"sure": "yes"})
    Erasure.objects.update(asked_at=timezone.now() - LONGEST - timedelta(days=1))
    assert finish() == 1
    assert not User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_who_runs_the_portal_asks_an_administrator(client, role):
    person = make_user(role)
    client.force_login(person)
    page = client.get(HOME + "erase/").content.decode()
    assert "Ask an administrator" in page
    client.post(HOME + "erase/", {"sure": "yes"})
    assert User.objects.get(pk=person.pk).is_active
