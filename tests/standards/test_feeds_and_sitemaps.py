"""Sitemaps and feeds are right by their schemas, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from home.models import NewsIndexPage, NewsPage
from tests.factories import LANGUAGES, make_centre, make_course, make_programme
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).resolve().parents[1] / "data" / "schemas"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
AWKWARD = "Büdcə & «vergi» <b> ]]>"


@pytest.fixture(autouse=True)
def portal():
    """Something of every kind, with words that markup does not like."""
    install_site()
    course = make_course(dict.fromkeys(LANGUAGES, AWKWARD))
    make_course({"kk": "Тек қазақша"})
    make_programme(course)
    make_centre()
    for index in NewsIndexPage.objects.select_related("locale"):
        page = NewsPage(title=AWKWARD, slug="xeber", intro=AWKWARD, locale=index.locale)
        index.add_child(instance=page)


def read(client, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return etree.fromstring(answer.content)


def test_every_sitemap_keeps_the_schema_of_the_protocol(client):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap-with-alternates.xsd"))
    index = read(client, "/sitemap.xml")
    assert index.tag == f"{SITEMAP}sitemapindex"
    assert {part.tag for part in index} == {f"{SITEMAP}sitemap"}
    parts = [part.findtext(f"{SITEMAP}loc") for part in index]
    assert len(parts) >= 4
    for address in parts:
        schema.assertValid(read(client, "/" + address.split("/", 3)[3]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["news", "courses"])
def test_every_feed_keeps_the_schema_of_atom(client, language, name):
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    feed = read(client, f"/{language}/feeds/{name}.atom")
    schema.assertValid(feed)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall(f"{ATOM}entry")
    assert AWKWARD in {entry.findtext(f"{ATOM}title") for entry in entries}
    # What the schema cannot say: somebody answers for every entry, and no two are one.
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_the_schemas_refuse_what_is_wrong():
    atom = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    sitemap = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap-with-alternates.xsd"))
    without_id = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title></feed>'
    assert not atom.validate(etree.fromstring(without_id))
    short = f'<urlset xmlns="{SITEMAP[1:-1]}"><url><loc>/az/</loc></url></urlset>'
    assert not sitemap.validate(etree.fromstring(short))
