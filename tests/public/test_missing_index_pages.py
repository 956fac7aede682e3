"""A language without an index page of its own: nothing is promised there, and no link is empty."""

from __future__ import annotations

import pytest
from lxml import html

from catalog.addresses import course_url, index_path
from home.models import CatalogueIndexPage, EntryIndexPage
from tests.factories import (
    make_centre,
    make_course,
    make_programme,
    make_run,
    make_session,
    make_subject,
)
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
TITLES = {"az": "Dövlət qulluğu", "tr": "Kamu hizmeti", "ru": "Служба"}


@pytest.fixture
def course():
    """A course in three languages in a new portal, with everything around it."""
    install_site()
    course = make_course(TITLES, subjects=(make_subject("law"),))
    centre = make_centre("baku")
    make_session(make_run(course, centre=centre), centre.rooms.first())
    make_programme(course)
    return course


def take_down(model: type[EntryIndexPage], *languages: str) -> None:
    pages = model.objects.all()
    for page in pages.filter(locale__language_code__in=languages) if languages else pages:
        page.unpublish()


def alternates(client, path: str) -> dict[str, str]:
    page = html.fromstring(client.get(path).content)
    links = page.xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def test_other_languages_do_not_point_at_a_page_that_is_not_theirs(client, course):
    take_down(CatalogueIndexPage, "tr")
    path = course_url(course.pk, TITLES["az"], "az")
    found = alternates(client, path)
    assert set(found) == {"az", "ru", "x-default"}
    assert set(alternates(client, index_path("course", "az"))) == {"az", "en", "ru", "kk"} | {
        "x-default"
    }
    page = html.fromstring(client.get(path).content)
    (turkish,) = page.xpath("//nav[@class='languages']//a[@hreflang='tr']")
    assert turkish.get("href") == "/tr/"


def test_the_sitemap_lists_each_address_once_and_none_of_a_missing_index(client, course):
    take_down(CatalogueIndexPage, "tr")
    text = client.get("/sitemap-course-0.xml").content.decode()
    places = html.fromstring(text.encode()).xpath("//loc/text()")
    assert len(places) == len(set(places)) == 2
    assert 'hreflang="tr"' not in text


def test_links_of_that_language_lead_to_the_portals_first(client, course):
    take_down(CatalogueIndexPage, "tr")
    path = course_url(course.pk, TITLES["tr"], "tr")
    assert path.startswith("/az/")
    assert client.get(path, follow=True).status_code == 200


def test_words_without_a_page_of_their_own_are_not_sent_elsewhere(client, course):
    lonely = make_course({"tr": "Yalnız"})
    take_down(CatalogueIndexPage, "tr")
    page = client.get(course_url(lonely.pk, "Yalnız", "az"))
    found = html.fromstring(page.content)
    (canonical,) = found.xpath("//link[@rel='canonical']/@href")
    assert "/az/" in canonical
    assert not found.xpath("//meta[@name='robots']")


@pytest.mark.parametrize("model", EntryIndexPage.__subclasses__())
def test_no_link_is_empty_where_a_kind_has_no_place_at_all(client, course, model):
    take_down(model)
    centre = course.runs.get().centre
    paths = [
        "/az/",
        *(index_path(kind, "az") for kind in ("course", "programme", "provider", "centre")),
        course_url(course.pk, TITLES["az"], "az"),
    ]
    for kind, number in (
        ("programme", course.programme_steps.get().programme_id),
        ("provider", course.provider_id),
        ("centre", centre.pk),
    ):
        paths.append(index_path(kind, "az") and f"{index_path(kind, 'az')}{number}/")
    for path in filter(None, paths):
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert not html.fromstring(answer.content).xpath("//a[@href='']|//link[@href='']"), path
    for part in ("course-0", "programme", "provider", "centre", "page"):
        assert b"<loc></loc>" not in client.get(f"/sitemap-{part}.xml").content
