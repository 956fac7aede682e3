"""A country, an institution, a provider … gets another name: what shows it is written anew."""

from __future__ import annotations

import pytest

from catalog.models import Competency
from catalog.selectors.vocabulary import countries, institutions, providers, subjects
from home.models import HomePage, StandardPage
from search.documents import documents_for, expand
from search.documents.pages import page_key
from search.models import OutboxEntry
from tests.factories import (
    locale,
    make_centre,
    make_country,
    make_course,
    make_institution,
    make_programme,
    make_provider,
    make_run,
    make_subject,
)
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """A course that shows one row of everything; another one shows nothing of it."""
    make_course({"az": "Başqa"}, provider=make_provider(country="kz"))
    competency = Competency.objects.create(code="lead", name={"en": "Leading"})
    course = make_course(
        {"tr": "Kamu hizmeti"},
        provider=make_provider("academy", country="tr"),
        subjects=(make_subject("law"),),
        countries=("nc",),
    )
    course.audience_institutions.add(make_institution("treasury"))
    course.competencies.add(competency)
    course.save()
    make_run(course, centre=make_centre("baku"))
    make_programme(course)
    return course


def touched(row) -> set[str]:
    """Keys of the documents that are written after ``row`` is saved."""
    OutboxEntry.objects.all().delete()
    row.save()
    return set(expand(OutboxEntry.objects.values_list("key", flat=True)))


def test_what_courses_show_takes_them_along(course):
    wanted = f"course:{course.pk}"
    for row in (
        course.provider,
        course.provider.country,
        make_country("nc"),
        make_institution("treasury"),
        course.subjects.get(),
        course.competencies.get(),
        course.runs.get().centre,
        locale("tr"),
    ):
        found = touched(row)
        assert wanted in found, row
        assert sum(key.startswith("course:") for key in found) == 1, row


def test_a_country_takes_along_everything_that_is_found_under_it(course):
    programme = course.programme_steps.get().programme
    found = touched(course.provider.country)
    assert {f"provider:{course.provider_id}", f"programme:{programme.pk}"} <= found
    assert f"centre:{course.runs.get().centre_id}" in touched(make_country("az"))


def test_a_provider_takes_its_programmes_along(course):
    programme = course.programme_steps.get().programme
    assert f"programme:{programme.pk}" in touched(course.provider)


def test_a_programme_is_found_by_the_titles_of_its_courses(course):
    programme = course.programme_steps.get().programme
    key = f"programme:{programme.pk}"
    assert key in touched(course)
    (found,) = documents_for([key])[0]
    assert found.keywords == {"tr": "Kamu hizmeti"}
    course.texts.update(title="Açık veri")
    (found,) = documents_for([key])[0]
    assert found.keywords == {"tr": "Açık veri"}


def test_a_country_that_gets_another_code_is_found_under_it(course):
    country = course.provider.country
    country.code = "turkiye"
    keys = touched(country)
    documents, _deletes = documents_for(keys)
    (found,) = [row for row in documents if row.key == f"course:{course.pk}"]
    assert found.facets["country"] == ("turkiye",)


def test_an_institution_that_gets_another_code_still_lets_its_people_in(course):
    course.audience = course.Who.NAMED_INSTITUTIONS
    course.save()
    body = make_institution("treasury")
    body.code = "finance"
    documents, _deletes = documents_for(touched(body))
    (found,) = [row for row in documents if row.key == f"course:{course.pk}"]
    assert any("finance" in code for code in found.facets["audience"])


def test_a_language_brings_its_pages_along():
    install_site()
    home = HomePage.objects.get(locale__language_code="tr")
    page = home.add_child(
        instance=StandardPage(title="Hakkında", slug="hakkinda", locale=home.locale)
    )
    assert page_key(page) in touched(locale("tr"))


def test_kept_names_are_forgotten_when_one_of_them_changes(course):
    rows = {
        countries: make_country("nc"),
        institutions: make_institution("treasury"),
        providers: course.provider,
        subjects: course.subjects.get(),
    }
    for kept, row in rows.items():
        assert kept()[row.pk].name.text("en")
        row.name = {"en": "Another name"}
        row.save()
        assert kept()[row.pk].name.text("en") == "Another name", row


def test_many_rows_are_deleted_without_reading_them(django_assert_num_queries):
    OutboxEntry.objects.bulk_create([OutboxEntry(key=f"course:{n}") for n in range(50)])
    with django_assert_num_queries(1):
        OutboxEntry.objects.all().delete()
