"""The list of courses: one row each, what it shows, what waits, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import CourseText
from tests import factories
from tests.admin.forms import COURSE, address
from tests.signing_in import sign_in_as_staff

LIST = f"{COURSE}:list"
LISTS = [
    LIST,
    "wagtailsnippets_catalog_coursetext:list",
    "wagtailsnippets_catalog_courserun:list",
    "wagtailsnippets_catalog_programme:list",
    "wagtailsnippetchoosers_catalog_course:choose",
]


def listed(client, **query):
    """Titles of the rows that the list shows."""
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return {course.code for course in response.context["object_list"]}


def test_a_course_is_one_row_with_its_languages_and_its_state(roles, academy, sign_in):
    course = factories.make_course(
        {"az": "Elektron sənədlər"}, provider=academy, kind="video", code="DOC-1"
    )
    factories.make_text(course, "tr", "Elektronik belgeler", live=False)
    factories.make_text(course, "en", "Electronic documents", origin="machine")
    client = sign_in("editor", academy)
    response = client.get(reverse(LIST))
    page = " ".join(response.content.decode().split())
    assert [row.code for row in response.context["object_list"]] == ["DOC-1"]
    assert "Elektron sənədlər" in page
    for mark in (">az</a>", ">tr*</a>", ">en!</a>", ">+ru</a>", ">+kk</a>"):
        assert mark in page
    add = reverse("wagtailsnippets_catalog_coursetext:add")
    assert f"{add}?course={course.pk}&amp;locale=ru" in page
    for text in course.texts.all():
        assert address(text, "edit") in page


def test_a_missing_language_is_written_from_the_list(roles, academy, sign_in):
    course = factories.make_course({"az": "Kurs"}, provider=academy)
    client = sign_in("translator", academy)
    url = reverse("wagtailsnippets_catalog_coursetext:add")
    page = client.get(f"{url}?course={course.pk}&locale=ru").content.decode()
    assert 'name="code"' not in page
    text = course.texts.get()
    response = client.get(f"{url}?course={course.pk}&locale=az")
    assert response.url == address(text, "edit")


@pytest.mark.parametrize("query", ["course=x", "course=999999", "course=" + "9" * 40])
def test_a_language_of_a_course_that_is_not_there_is_not_found(query, roles, academy, sign_in):
    url = reverse("wagtailsnippets_catalog_coursetext:add")
    assert sign_in("translator", academy).get(f"{url}?{query}", follow=True).status_code == 404


def test_mine_are_those_i_have_written(roles, academy, sign_in):
    mine, _other = (factories.make_course(provider=academy) for _i in range(2))
    client = sign_in("editor", academy)
    mine.texts.get().save_revision(user=client.person)
    facts = factories.make_course(provider=academy)
    facts.save_revision(user=client.person)
    assert listed(client, attention="mine") == {mine.code, facts.code}


def test_waiting_for_me_are_those_i_may_approve_or_must_change(portal, academy, sign_in):
    editor = factories.make_user("editor", academy)
    client = sign_in("moderator", academy)
    waits, own, sent_back, _idle = (factories.make_course(provider=academy) for _i in range(4))
    for course, author in ((waits, editor), (own, client.person), (sent_back, editor)):
        text = course.texts.get()
        text.save_revision(user=author)
        text.get_workflow().start(text, author)
    task = sent_back.texts.get().current_workflow_task_state
    task.task.specific.on_action(task, factories.make_user("moderator", academy), "reject")
    assert listed(client, attention="waiting") == {waits.code}
    sign_in_as_staff(client, editor)
    assert listed(client, attention="waiting") == {sent_back.code}


def test_expiring_are_texts_and_enrolments_that_end_soon(roles, academy, sign_in):
    soon, late = (timezone.now() + timedelta(days=days) for days in (10, 90))
    text_ends, run_ends, later = (factories.make_course(provider=academy) for _i in range(3))
    CourseText.objects.filter(course=text_ends).update(expire_at=soon)
    factories.make_run(run_ends, start=late, end=late, enrolment_end=soon)
    factories.make_run(later, start=late, end=late, enrolment_end=late)
    client = sign_in("editor", academy)
    assert listed(client, attention="expiring") == {text_ends.code, run_ends.code}


@pytest.mark.parametrize(
    "query",
    [
        {"attention": "nonsense"},
        {"provider": "x"},
        {"provider": "9" * 40},
        {"p": "0"},
        {"p": "9" * 30},
        {"ordering": "nonsense"},
        {"q": "\x00"},
        {"q": "x" * 10_000},
        {"withdrawn": "maybe"},
    ],
)
def test_an_address_that_means_nothing_still_shows_a_list(query, roles, academy, sign_in):
    factories.make_course(provider=academy)
    client = sign_in("editor", academy)
    assert client.get(reverse(LIST), query).status_code in (200, 404)


def fill(academy, count):
    """``count`` courses with everything a row shows."""
    for _i in range(count):
        course = factories.make_course({"az": "Kurs", "en": "Course"}, provider=academy)
        factories.make_run(course, centre=factories.make_centre())
        factories.make_programme(course, provider=academy)


@pytest.mark.parametrize("name", LISTS)
def test_twice_as_many_rows_cost_no_more_queries(name, roles, academy, sign_in):
    client, url, counts = sign_in("moderator", academy), reverse(name), []
    for _time in range(2):
        fill(academy, 15)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url, {"per_page": "100"}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 40


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_only_what_a_person_may_do_is_offered_for_a_row(role, roles, academy, sign_in):
    programme = factories.make_programme(provider=academy)
    page = sign_in(role, academy).get(reverse("wagtailsnippets_catalog_programme:list"))
    delete = address(programme, "delete")
    assert (delete in page.content.decode()) is (role == "moderator")
