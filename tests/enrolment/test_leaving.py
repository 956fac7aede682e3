"""Where a course leads straight to its provider, the person's list remembers that they went."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from catalog.addresses import course_url
from catalog.enrolment.models import Enrolment, Referral
from catalog.models import Course, CourseRun
from catalog.people.models import PrivacyText
from tests import factories
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
THERE = "https://lms.example.org/course/EGOV"


@pytest.fixture(autouse=True)
def _site() -> None:
    install_site()


@pytest.fixture
def course() -> Course:
    """Open to everyone, behind a plain link."""
    options = {"url_template": "https://lms.example.org/course/{key}"}
    lms = factories.make_connection(code="plain", kind="link", options=options)
    course = factories.make_course({"en": "Linked"}, audience="everyone", lms=lms, lms_key="EGOV")
    factories.make_run(course, seats=20)
    return course


@pytest.fixture
def visitor(client: Client, person) -> Client:
    client.force_login(person)
    return client


def page(client: Client, course: Course) -> str:
    return client.get(course_url(course.pk, "Linked", "en")).content.decode()


def out_of(course: Course) -> str:
    return f"/en/enrol/course/{course.pk}/leave/"


def test_one_click_leads_to_the_provider_and_is_remembered(course, visitor, person):
    shown = page(visitor, course)
    assert f'href="{out_of(course)}"' in shown
    assert "The course will then stand in My learning." in shown
    assert visitor.get(out_of(course))["Location"] == THERE
    row = Referral.objects.get()
    assert (row.person, row.course, row.wanted) == (person, course, True)
    # Nothing is arranged, and no seat is held.
    assert not Enrolment.objects.exists()
    assert CourseRun.objects.get().seats_taken == 0


def test_going_there_often_is_one_wish(course, visitor):
    for _click in range(3):
        assert visitor.get(out_of(course)).status_code == 302
    assert [event.kind for event in Referral.objects.get().events.all()] == ["opened"]


def test_what_has_no_dates_is_remembered_too(course, visitor):
    course.runs.all().delete()
    Course.objects.filter(pk=course.pk).update(kind="video")
    assert visitor.get(out_of(course))["Location"] == THERE
    assert Referral.objects.exists()


def test_who_is_not_signed_in_has_the_link_as_it_is(course, client):
    shown = page(client, course)
    assert f'href="{THERE}"' in shown
    assert out_of(course) not in shown
    assert "My learning." not in shown
    # Signed out meanwhile: the way is not barred.
    assert client.get(out_of(course))["Location"] == THERE
    assert not Referral.objects.exists()


def test_nothing_is_kept_of_who_has_not_agreed_to_it(course, visitor):
    PrivacyText.objects.create(version="1", text={"en": "Text"}, begins=timezone.now())
    assert f'href="{THERE}"' in page(visitor, course)
    assert visitor.get(out_of(course))["Location"] == THERE
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch;prerender"}]
)
def test_neither_other_sites_nor_looking_ahead_make_a_wish(headers, course, visitor):
    assert visitor.get(out_of(course), headers=headers)["Location"] == THERE
    visitor.head(out_of(course))
    assert not Referral.objects.exists()
    assert visitor.post(out_of(course)).status_code == 405


def test_a_course_that_cannot_be_joined_leads_nowhere(course, visitor):
    course.runs.update(enrolment_end=timezone.now())
    answer = visitor.get(out_of(course))
    assert answer["Location"] == course_url(course.pk, "Linked", "en")
    assert not Referral.objects.exists()
    for number in ("0", "999999999999999999"):
        assert visitor.get(f"/en/enrol/course/{number}/leave/").status_code == 404


def test_what_the_portal_arranges_has_no_way_out(run, visitor):
    answer = visitor.get(f"/en/enrol/course/{run.course_id}/leave/")
    assert answer["Location"] == course_url(run.course_id, "Course SELF-OPEN", "en")
    assert not Referral.objects.exists()
