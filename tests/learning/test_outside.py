"""What people opened at a provider stands in their list until they take it off."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client

from catalog.enrolment.models import Referral
from catalog.enrolment.referring import note_opened
from catalog.models import LMSConnection
from tests.factories import make_connection, make_course, make_user
from tests.signing_in import sign_in_freshly

HOME = "/en/my-learning/"


@pytest.fixture
def opened(person) -> Referral:
    """A course that the person has gone to."""
    options = {"url_template": "https://lms.example.org/course/{key}?lang={language}"}
    lms = make_connection(
        code="plain", kind="link", options=options, name={"en": "the academy's Moodle"}
    )
    course = make_course({"en": "=Linked"}, audience="everyone", lms=lms, lms_key="EGOV")
    return note_opened(person, course, "EGOV")


def shown(client: Client) -> str:
    return client.get(HOME).content.decode()


def test_the_list_says_who_decides_and_leads_there(at_home, opened):
    page = shown(at_home)
    assert "The academy&#x27;s Moodle decides about your place. We do not hear of it." in page
    assert 'href="https://lms.example.org/course/EGOV?lang=en"' in page
    assert "You have not asked for a place" not in page


def test_it_can_be_taken_off_and_opened_again(at_home, opened, person):
    url = f"{HOME}outside/{opened.pk}/remove/"
    assert url in shown(at_home)
    assert at_home.get(url).status_code == 405
    for _click in range(2):
        assert at_home.post(url).url == HOME
    assert "=Linked" not in shown(at_home)
    note_opened(person, opened.course, "EGOV")
    assert "=Linked" in shown(at_home)
    assert [event.kind for event in opened.events.all()] == ["opened", "removed", "opened"]


def test_nobody_changes_the_list_of_somebody_else(client, opened):
    url = f"{HOME}outside/{opened.pk}/remove/"
    assert client.post(url).status_code == 302
    client.force_login(make_user())
    client.post(url)
    client.post(f"{HOME}outside/999999999999999999/remove/")
    assert "=Linked" not in shown(client)
    assert Referral.objects.get().wanted


def test_a_connection_that_is_gone_leaves_the_wish_without_its_way(at_home, opened):
    opened.course.lms = None
    opened.course.save()
    LMSConnection.objects.all().delete()
    page = shown(at_home)
    assert "The provider decides about your place." in page
    assert "lms.example.org" not in page


def test_it_is_among_the_data_that_people_take_with_them(at_home, opened, person):
    at_home.post(f"{HOME}outside/{opened.pk}/remove/")
    (told,) = json.loads(at_home.get(HOME + "my-learning.json").content)["opened_at_providers"]
    assert (told["course"], told["lms"], told["wanted"]) == (opened.course.code, "plain", False)
    assert [one["what"] for one in told["history"]] == ["opened", "removed"]
    note_opened(person, opened.course, "EGOV")
    table = at_home.get(HOME + "my-learning.csv").content.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(table)))[1]
    assert row[1:4] == ["'=Linked", "", "Opened at the provider"]


def test_it_goes_at_once_with_the_account(at_home, opened, person):
    sign_in_freshly(at_home, person)
    at_home.post(HOME + "erase/", {"sure": "yes"})
    assert not Referral.objects.exists()
