"""The search page: one address is one search, few queries however large the catalogue."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from lxml.html import fromstring

from search.engines import get_engine
from search.outbox import drain
from search.rebuild import rebuild
from tests.factories import bulk_courses, make_course, make_run
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db

MOST_QUERIES = 5


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    """An installed portal, its search index in a folder of its own."""
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    cache.clear()
    install_site()
    rebuild()


def page(client, address: str):
    response = client.get(address)
    return response, response.content.decode()


def test_a_course_is_found_and_its_words_are_marked(client):
    course = make_course({"az": "Elektron hökumətin əsasları"}, code="EGOV-101")
    make_run(course)
    drain()
    response, html = page(client, "/az/search/?q=hokumet")
    assert response.status_code == 200
    assert "<mark>hökumətin</mark>" in html
    assert f"-{course.pk}/" in html


@pytest.mark.parametrize("count", [3, 60])
def test_queries_do_not_grow_with_the_catalogue(client, count, django_assert_max_num_queries):
    bulk_courses(count, ("az", "en"))
    rebuild()
    client.get("/az/search/?q=kurs")
    client.get("/en/search/?q=kurs")
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/az/search/?q=kurs&kind=course&sort=title")
    assert response.context["total"] == count
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/en/search/")


def test_an_engine_that_is_away_is_said_in_a_sentence(client, settings, tmp_path):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "nothing"}
    assert not get_engine().health().ok
    response, html = page(client, "/az/search/?q=kurs")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "q=kurs" in html


HOSTILE = [
    "q=" + "x" * 10_000,
    "q=%22unbalanced",
    "q=%F0%9F%98%80%E2%80%8B%E2%80%AE",
    "q=title:(a+AND+b)~2^4+OR+*:*",
    "q='+OR+1=1;--",
    "q=%ff%fe",
    "&".join(f"subject=s{n}" for n in range(200)),
    "kind=planet&level=%00&starts=x&sort=price",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_asked_a_page_comes_back(client, query):
    make_course()
    drain()
    assert client.get(f"/az/search/?{query}").status_code == 200


@pytest.mark.parametrize("number", ["0", "1000000000", "x", "2"])
def test_a_page_of_results_that_is_not_there_is_not_found(client, number):
    make_course()
    drain()
    assert client.get(f"/az/search/?page={number}").status_code == 404


@pytest.mark.parametrize("language", ["az", "tr", "en", "ru", "kk"])
def test_filters_speak_the_readers_language_whatever_their_address_says(client, language):
    course = make_course({"az": "Ləğv edilmiş kurs"})
    make_run(course, cancelled=True)
    drain()
    address = f"/{language}/search/?state=cancelled&subject=zz-nothing&teaching=qq&kind=zz-kind"
    response, source = page(client, address)
    shown = fromstring(source).xpath("string(//main)")
    assert response.status_code == 200
    assert not any(raw in shown for raw in ("cancelled", "zz-", "qq"))
    states = {value.value: value.label for value in response.context["facets"][0].values}
    assert states["cancelled"]


def test_each_tab_says_how_many_are_found_behind_it(client):
    academy = make_course({"az": "Elektron kurs"}, level="advanced").provider
    make_course({"az": "Elektron sənəd"})
    academy.name = {"az": "Elektron akademiya"}
    academy.save()
    drain()
    response, source = page(client, "/az/search/?q=elektron&level=advanced")
    counts = {tab["value"]: tab["count"] for tab in response.context["tabs"]}
    assert counts["course"] == response.context["total"] == 1
    for tab in response.context["tabs"]:
        behind, _source = page(client, f"/az/search/{tab['address']}&x=1")
        assert behind.context["total"] == tab["count"]
    assert counts["provider"] == 1
    order = fromstring(source).xpath("//a[@href='#results'][@class='skip']|//*[@id='filters']")
    assert [node.tag for node in order] == ["a", "div"]
