"""Whoever has a place goes straight into the course, signed in where the LMS offers that."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.people.models import PrivacyText
from tests import factories
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal(db):
    """Pages need an installed portal."""
    install_site()


@pytest.fixture
def go(client, person, ask, carrier):
    """Takes a place in a run and goes into the course; returns the answer."""

    def go(run):
        row = ask(person, run).enrolment
        carrier.work(10)
        client.force_login(person)
        return client.get(f"/en/enrol/{row.pk}/go/")

    return go


def test_a_moodle_without_the_plugin_opens_the_course_page(go, run, there):
    answer = go(run)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{there.site.root}/course/view.php")


def test_a_moodle_with_the_plugin_lets_the_person_arrive_signed_in(go, run, connection, there):
    connection.set_options(connection.all_options | {"sign_in": "userkey"})
    connection.save()
    assert "key=" in go(run)["Location"]


def test_a_moodle_that_gives_no_key_opens_its_page(go, run, connection, there):
    connection.set_options(connection.all_options | {"sign_in": "userkey"})
    connection.save()
    there.faults.plan("accessexception", function="auth_userkey_request_login_url")
    assert go(run)["Location"].startswith(f"{there.site.root}/course/view.php")


def test_a_tool_is_told_who_comes(go, person):
    options = {
        "client_id": "client-1",
        "deployment_id": "1",
        "login_url": "https://tool.example.org/login",
        "launch_urls": "https://tool.example.org/launch",
        "jwks_url": "https://tool.example.org/jwks",
    }
    lti = factories.make_connection(code="tool", kind="lti", options=options)
    course = factories.make_course({"en": "Tool"}, audience="everyone", lms=lti, lms_key="unit-1")
    there = go(factories.make_run(course))["Location"]
    assert there.startswith("https://tool.example.org/login?")
    assert "client_id=client-1" in there


def test_who_has_no_place_yet_and_who_is_somebody_else_do_not_get_in(client, person, run, ask):
    row = ask(person, run).enrolment
    client.force_login(person)
    assert client.get(f"/en/enrol/{row.pk}/go/")["Location"] == f"/en/enrol/{row.pk}/"
    client.force_login(factories.make_user())
    assert client.get(f"/en/enrol/{row.pk}/go/").status_code == 404


def test_the_privacy_text_is_agreed_to_before_a_place_is_asked_for(client, person, run):
    PrivacyText.objects.create(version="1", text={"en": "Text"}, begins=timezone.now())
    client.force_login(person)
    url = f"/en/enrol/course/{run.course_id}/"
    there = client.get(url)["Location"]
    assert there.startswith("/en/account/consent/?next=")
    answer = client.post("/en/account/consent/", {"version": "1", "next": url})
    assert answer["Location"] == url
    assert client.get(url).status_code == 200
