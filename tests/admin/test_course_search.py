"""The list of courses finds by code and by title in any language, however it was typed."""

import pytest
from django.urls import reverse

from catalog.admin_search import matching, refresh_admin_search
from catalog.models import Course, CourseText
from tests import factories
from tests.admin.forms import COURSE, address, facts, words

LIST = f"{COURSE}:list"


@pytest.fixture
def course(roles, academy):
    return factories.make_course(
        {"az": "Şəhər idarəçiliyi", "ru": "Кибербезопасность", "tr": "İhale süreçleri"},
        provider=academy,
        code="URB-201",
    )


def found(query):
    return [course.code for course in matching(Course.objects.all(), query)]


@pytest.mark.parametrize(
    "query",
    [
        "URB-201",
        "urb-2",
        "şəhər",
        "ŞƏHƏR",
        "seher idareciliyi",
        "шəhər"[1:],
        "кибербезопасность",
        "КИБЕР",
        "kiberbezopasnost",
        "ihale",
        "İHALE SÜREÇ",
        "IHALE",
        "surecleri urb",
    ],
)
def test_a_course_is_found(query, course):
    assert found(query) == ["URB-201"]


@pytest.mark.parametrize("query", ["nothing", "URB-999", "%", "_", "~", "\\", "x" * 5000])
def test_what_is_not_there_is_not_found(query, course):
    assert found(query) == []


def test_a_renamed_course_is_found_by_its_new_title_and_not_by_the_old(course):
    text = course.texts.get(locale__language_code="az")
    text.title = "Bələdiyyə xidmətləri"
    text.save_revision().publish()
    assert found("bələdiyyə") == ["URB-201"]
    assert found("şəhər") == []


def test_a_draft_that_was_never_published_is_found_by_its_newest_title(roles, academy, sign_in):
    course = factories.make_course({"az": "Köhnə ad"}, provider=academy, live=False)
    client = sign_in("editor", academy)
    client.post(address(course.texts.get(), "edit"), words("Təzə ad"))
    assert found("təzə") == [course.code]
    assert found("köhnə") == []


def test_a_new_code_is_found(course, academy, sign_in):
    sign_in("editor", academy).post(address(course, "edit"), facts(course, code="CITY-1"))
    assert found("city-1") == ["CITY-1"]
    assert found("urb-201") == []


def test_a_deleted_text_is_found_no_more(course):
    course.texts.get(locale__language_code="ru").delete()
    assert found("кибер") == []
    assert found("şəhər") == ["URB-201"]


def test_many_courses_are_refreshed_in_a_few_statements(roles, django_assert_max_num_queries):
    courses = factories.bulk_courses(300, ("az", "en"))
    CourseText.objects.filter(locale__language_code="az").update(title="Maliyyə nəzarəti")
    with django_assert_max_num_queries(4):
        refresh_admin_search(course.pk for course in courses)
    assert len(found("maliyyə")) == 300


def test_the_list_the_runs_and_the_chooser_search_alike(course, academy, sign_in):
    run = factories.make_run(course)
    factories.make_run(factories.make_course({"az": "Başqa"}, provider=academy))
    client = sign_in("editor", academy)
    for url, row in (
        (reverse(LIST), address(course, "edit")),
        (reverse("wagtailsnippets_catalog_courserun:list"), address(run, "edit")),
        (reverse("wagtailsnippetchoosers_catalog_course:choose_results"), "Şəhər idarəçiliyi"),
    ):
        assert row in client.get(url, {"q": "SEHER"}).content.decode()
        assert row not in client.get(url, {"q": "yoxdur"}).content.decode()
