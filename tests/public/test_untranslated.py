"""What is not translated yet is shown in its own language, and says so to readers and machines."""

from __future__ import annotations

import pytest
from lxml import html
from wagtail.models import Locale
from wagtail_localize.synctree import synchronize_tree

from catalog.addresses import course_url
from home.models import HomePage, StandardPage
from tests.factories import make_course
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.PUBLIC_URL = "https://portal.example"
    install_site()


@pytest.fixture
def page() -> StandardPage:
    """A page in Azerbaijani that stands in for itself in Russian."""
    home = HomePage.objects.get(locale__language_code="az")
    page = home.add_child(
        instance=StandardPage(title="Haqqımızda", slug="haqqimizda", locale=home.locale)
    )
    page.save_revision().publish()
    az, ru = (Locale.objects.get(language_code=code) for code in ("az", "ru"))
    synchronize_tree(az, ru)
    return page


def opened(client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def one(page, expression: str) -> str:
    (found,) = page.xpath(expression)
    return found


def test_a_page_that_stands_in_says_so_and_points_to_its_source(client, page):
    shown = opened(client, "/ru/haqqimizda/")
    assert shown.get("lang") == "ru"
    assert one(shown, "//article/@lang") == "az"
    source = "https://portal.example/az/haqqimizda/"
    assert one(shown, "//link[@rel='canonical']/@href") == source
    assert one(shown, "//meta[@name='robots']/@content") == "noindex"
    assert not shown.xpath("//link[@rel='alternate'][@hreflang]")
    assert one(shown, "//p[contains(@class, 'note')]/a/@href") == source
    assert "/ru/haqqimizda/" not in client.get("/sitemap-page.xml").content.decode()


def test_the_source_itself_is_indexed_and_names_no_stand_in(client, page):
    shown = opened(client, "/az/haqqimizda/")
    assert not shown.xpath("//meta[@name='robots']")
    assert not shown.xpath("//link[@rel='alternate'][@hreflang]")
    assert "/az/haqqimizda/" in client.get("/sitemap-page.xml").content.decode()


def test_a_course_is_read_in_its_source_language_with_a_note(client):
    course = make_course({"tr": "Kamu hizmeti"}, source_language="tr")
    shown = opened(client, course_url(course.pk, "Kamu hizmeti", "kk"))
    assert one(shown, "//h1/@lang") == "tr"
    assert shown.xpath("//p[contains(@class, 'note')]")
    assert one(shown, "//meta[@name='robots']/@content") == "noindex"
    canonical = one(shown, "//link[@rel='canonical']/@href")
    assert canonical == f"https://portal.example{course_url(course.pk, 'Kamu hizmeti', 'tr')}"


def test_the_switch_stays_on_the_same_content(client, page):
    course = make_course({"az": "Dövlət qulluğu", "en": "Public service"})
    shown = opened(client, course_url(course.pk, "Dövlət qulluğu", "az"))
    switch = "//nav[@class='languages']//a[@hreflang='{}']/@href"
    for language in ("en", "kk"):
        address = one(shown, switch.format(language))
        assert f"-{course.pk}/" in address
        assert client.get(address).status_code == 200
    assert one(opened(client, "/az/haqqimizda/"), switch.format("ru")) == "/ru/haqqimizda/"
