"""robots.txt, security.txt, sitemaps, feeds, OpenSearch: right for the programs that read them."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from catalog.addresses import course_url
from home.models import SiteSettings
from tests.factories import make_course, make_programme
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def site():
    install_site()


def test_robots_may_read_courses_but_not_endless_searches(client):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    assert rules.can_fetch("any", "/az/kataloq/kurs-1/")
    assert not rules.can_fetch("any", "/admin/")
    assert not rules.can_fetch("any", "/az/search/?q=a")
    assert rules.site_maps() == ["http://127.0.0.1:8000/sitemap.xml"]


def test_every_sitemap_of_the_index_lists_addresses_that_answer(client):
    course = make_course({"az": "Açıq məlumat", "ru": "Открытые данные"})
    make_course({"az": "Qaralama"}, live=False)
    make_programme(course)
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [loc.text for loc in index.iter(f"{SITEMAP}loc")]
    assert any("course" in part for part in parts)
    seen = []
    for part in parts:
        answer = client.get(part.removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200
        seen += [loc.text for loc in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")]
    assert len(seen) == len(set(seen))
    assert "http://127.0.0.1:8000" + course_url(course.pk, "Açıq məlumat", "az") in seen
    assert not any("qaralama" in address for address in seen)
    for address in seen:
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_translations_of_a_course_name_each_other_and_only_those_there_are(client):
    course = make_course({"az": "Açıq məlumat", "ru": "Открытые данные"})
    tree = ET.fromstring(client.get(f"/sitemap-course-{course.pk // 1000}.xml").content)
    for url in tree.iter(f"{SITEMAP}url"):
        assert {link.get("hreflang") for link in url.iter(ALTERNATE)} == {"az", "ru"}


@pytest.mark.parametrize(
    "path", ["/sitemap-course-999999.xml", "/sitemap-user.xml", "/sitemap-page-1.xml"]
)
def test_parts_that_do_not_exist_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_security_contact_appears_once_somebody_names_it(client):
    assert client.get("/.well-known/security.txt").status_code == 404
    own = SiteSettings.objects.get()
    own.contact_email = "security@example.org"
    own.save()
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.org" in text
    assert "Expires: " in text


@pytest.mark.parametrize("language", ["az", "kk"])
def test_course_feed_is_atom_in_its_language_with_lasting_names(client, language):
    course = make_course({"az": "Açıq məlumat"})
    feed = ET.fromstring(client.get(f"/{language}/feeds/courses.atom").content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{course.uuid}"
    link = entry.find(f"{ATOM}link").get("href")
    assert link.startswith(f"http://127.0.0.1:8000/{language}/")
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_news_feed_of_an_empty_portal_is_valid_and_empty(client):
    feed = ET.fromstring(client.get("/az/feeds/news.atom").content)
    assert feed.tag == f"{ATOM}feed"
    assert not list(feed.iter(f"{ATOM}entry"))


def test_browsers_learn_where_to_search(client):
    text = client.get("/ru/opensearch.xml").content.decode()
    assert "http://127.0.0.1:8000/ru/search/?q={searchTerms}" in text
