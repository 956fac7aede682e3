"""Filters of the search page: what a person may enrol in, empty values, very long lists."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from lxml import html

from catalog.addresses import course_url
from catalog.models import Competency, Course
from search.facets import MOST_FOLDED, SHOWN
from search.rebuild import rebuild
from tests.factories import (
    make_country,
    make_course,
    make_institution,
    make_provider,
    make_user,
)
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    """An installed portal, its search index in a folder of its own."""
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    settings.PAGE_CACHE_SECONDS = 0
    cache.clear()
    install_site()


def found(client, address: str) -> list[str]:
    return sorted(result.code for result in client.get(address).context["results"])


def course_number(code: str) -> int:
    return Course.objects.get(code=code).pk


def facet(client, address: str, name: str):
    return next(f for f in client.get(address).context["facets"] if f.name == name)


def test_a_person_sees_only_what_they_may_enrol_in(client):
    home, abroad = make_country("az"), make_country("tr")
    ministry, agency = make_institution("ministry"), make_institution("agency")
    make_course({"az": "Hamı"}, code="ALL", audience="everyone")
    for code, country in (("HERE", home), ("THERE", abroad)):
        course = make_course({"az": code}, code=code, audience="everyone")
        course.audience_countries.add(country)
        course.save()
    for code, body in (("OURS", ministry), ("THEIRS", agency)):
        course = make_course({"az": code}, code=code, audience="named_institutions")
        course.audience_institutions.add(body)
        course.save()
    rebuild()
    everything = ["ALL", "HERE", "OURS", "THEIRS", "THERE"]
    assert found(client, "/az/search/?mine=1") == everything
    assert "mine" not in client.get("/az/search/").content.decode()
    client.force_login(make_user(country=home, institution=ministry))
    assert 'name="mine"' in client.get("/az/search/").content.decode()
    assert found(client, "/az/search/") == everything
    assert found(client, "/az/search/?mine=1") == ["ALL", "HERE", "OURS"]


def test_values_without_courses_stay_in_a_filter_that_is_in_use(client):
    make_course({"az": "Kurs"}, kind=Course.Kind.COURSE)
    rebuild()
    assert [value.count for value in facet(client, "/az/search/", "kind").values] == [1]
    chosen = facet(client, "/az/search/?kind=course", "kind").values
    assert len(chosen) == len(Course.Kind.choices)
    assert {value.count for value in chosen} == {0, 1}


def test_the_courses_of_a_competency_are_found_from_a_course_that_builds_it(client):
    budgeting = Competency.objects.create(code="budgeting", name={"az": "Büdcə", "en": "Budget"})
    leading = Competency.objects.create(code="leading", name={"az": "Aparmaq"})
    for code, built in (("BOTH", [budgeting, leading]), ("ONE", [budgeting]), ("NONE", [])):
        course = make_course({"az": code}, code=code)
        course.competencies = built
        course.save()
    rebuild()
    page = html.fromstring(client.get(course_url(course_number("ONE"), "ONE", "az")).content)
    (link,) = page.xpath("//dd/a[contains(@href, 'competency=')]")
    assert (link.text, link.get("href")) == ("Büdcə", "/az/search/?competency=budgeting")
    assert found(client, link.get("href")) == ["BOTH", "ONE"]
    values = facet(client, "/az/search/", "competency").values
    assert [(v.label, v.count) for v in values] == [("Aparmaq", 1), ("Büdcə", 2)]


def test_a_very_long_filter_has_a_page_of_its_own_to_look_through(client):
    number = SHOWN + MOST_FOLDED + 5
    for n in range(number):
        name = {"az": f"Şəki akademiyası {n:02}"}
        make_course({"az": f"Kurs {n}"}, provider=make_provider(f"academy-{n:02}", name=name))
    rebuild()
    own = facet(client, "/az/search/?q=kurs", "provider")
    assert (len(own.values) + len(own.more), own.rest) == (SHOWN + MOST_FOLDED, 5)
    page = client.get("/az/search/values/provider/?q=kurs&find=SEKI+akademiyasi+36")
    values = page.context["values"]
    assert [value.label for value, _address in values] == ["Şəki akademiyası 36"]
    assert values[0][1] == "?q=kurs&provider=academy-36"
    assert len(client.get("/az/search/values/provider/?q=kurs").context["values"]) == number
    answer = client.get("/api/v1/search/?lang=az&q=kurs").json()
    assert len(answer["facets"]["provider"]) == number


@pytest.mark.parametrize("address", ["planet/", "provider/?find=" + "x" * 9000, "kind/?q=%00%ff"])
def test_strange_addresses_of_lists_get_an_answer(client, address):
    make_course()
    rebuild()
    assert client.get("/az/search/values/" + address).status_code in {200, 404}
