"""The training framework names every competency with its public courses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from catalog.models import Competency
from catalog.selectors import framework as module
from catalog.selectors.framework import framework
from home.models import HomePage, StandardPage
from tests.factories import make_course
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    install_site()


@pytest.fixture
def budgeting():
    return Competency.objects.create(
        code="budgeting", name={"az": "Büdcə", "en": "Budgeting"}, description={"az": "Hesablamaq."}
    )


@pytest.fixture
def page():
    """The path of a page with the framework in Azerbaijani."""
    home = HomePage.objects.get(locale__language_code="az")
    page = StandardPage(title="Çərçivə", slug="cerceve", locale=home.locale)
    page.body = [("framework", None)]
    home.add_child(instance=page)
    return "/az/cerceve/"


def course_for(*competencies, title="Kurs", **kwargs):
    course = make_course({"az": title}, **kwargs)
    course.competencies = list(competencies)
    course.save()
    return course


def test_a_competency_names_its_public_courses_in_alphabetical_order(budgeting):
    for title in ("Vergi", "Çıxarış", "Audit"):
        course_for(budgeting, title=title)
    course_for(budgeting, title="Qaralama", live=False)
    course_for(budgeting, title="Köhnə", withdrawn_at=timezone.now() - timedelta(days=1))
    (row,) = framework("az")
    assert [link.title for link in row.courses] == ["Audit", "Çıxarış", "Vergi"]
    assert (row.name, row.count) == ("Büdcə", 3)


def test_a_competency_without_courses_is_left_out(budgeting):
    Competency.objects.create(code="other", name={"az": "Başqa"})
    course_for(budgeting)
    assert [row.code for row in framework("az")] == ["budgeting"]


def test_of_many_courses_the_first_are_named_and_search_has_all_of_them(client, page, budgeting):
    for number in range(module.NAMED + 3):
        course_for(budgeting, title=f"Kurs {number}")
    (row,) = framework("en")
    assert (len(row.courses), row.count) == (module.NAMED, module.NAMED + 3)
    found = html.fromstring(client.get(page).content)
    assert found.xpath("//details//a/@href")[-1] == "/az/search/?competency=budgeting"


@pytest.mark.parametrize("count", [1, 40])
def test_it_costs_the_same_however_many_courses(
    client, page, budgeting, count, django_assert_max_num_queries
):
    for number in range(count):
        course_for(budgeting, title=f"Kurs {number}")
    client.get(page)
    with django_assert_max_num_queries(16):
        assert "fold__body" in client.get(f"{page}?fresh=1").content.decode()
