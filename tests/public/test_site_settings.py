"""What the administrators of a site set themselves: name, logo, colours, languages, notices."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html
from PIL import Image
from wagtail.models import Locale, Site

from catalog.addresses import course_url
from home.models import HomePage, PortalImage, SiteSettings, StandardPage
from tests.factories import make_country, make_course
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> SiteSettings:
    install_site()
    return SiteSettings.objects.get_or_create(site=Site.objects.get())[0]


def opened(client, path: str = "/az/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def test_name_tagline_and_footer_are_in_the_readers_language(client, own):
    own.name = {"az": "Elm Qapısı", "en": "Gate"}
    own.footer = {"en": "Ask <us>"}
    own.save()
    page = opened(client, "/en/")
    assert page.xpath("string(//span[@class='brand__name'])") == "Gate"
    assert "Ask <us>" in page.xpath("string(//footer)")
    assert opened(client).xpath("string(//span[@class='brand__name'])") == "Elm Qapısı"


def test_the_logo_stands_in_the_header(client, own):
    out = io.BytesIO()
    Image.new("RGB", (320, 96)).save(out, "PNG")
    file = SimpleUploadedFile("logo.png", out.getvalue())
    own.logo = PortalImage.objects.create(title="Logo", file=file, width=320, height=96)
    own.save()
    (logo,) = opened(client).xpath("//img[@class='brand__logo']")
    assert client.get(logo.get("src")).status_code == 200


def test_colours_come_from_a_stylesheet_whose_address_changes_with_them(client, own):
    plain = opened(client).xpath("//link[@rel='stylesheet']/@href")
    own.brand = "#123456"
    own.save()
    (added,) = set(opened(client).xpath("//link[@rel='stylesheet']/@href")) - set(plain)
    sheet = client.get(added)
    assert sheet.status_code == 200
    assert "#123456" in sheet.content.decode().lower()
    assert "immutable" in sheet["Cache-Control"]


def test_a_colour_that_is_none_is_refused(own):
    for wrong in ("red", "#12345", "#12345g", "#123456;}"):
        own.brand = wrong
        with pytest.raises(ValidationError):
            own.full_clean()


def test_only_the_chosen_languages_are_offered(client, own):
    own.languages.set(Locale.objects.filter(language_code__in=("az", "en")))
    own.save()
    page = opened(client)
    assert page.xpath("//nav[@class='languages']//a/@hreflang") == ["az", "en"]
    assert "ru" not in page.xpath("//link[@rel='alternate']/@hreflang")
    assert client.get("/", headers={"accept-language": "ru"})["Location"] == "/az/"


def test_only_the_chosen_countries_are_asked_about(client, own):
    for code in ("az", "tr", "kz"):
        make_country(code)
    own.countries.set([make_country("az"), make_country("tr")])
    own.save()
    course = make_course({"az": "Kurs"}, countries=("az",))
    page = opened(client, course_url(course.pk, "Kurs", "az"))
    offered = page.xpath("//select[@name='country']/option/@value")
    assert "tr" in offered
    assert "kz" not in offered


def test_the_banner_is_shown_until_its_hour(client, own):
    own.banner = {"az": "Portal şənbə günü bağlıdır."}
    own.banner_until = timezone.now() + timedelta(hours=1)
    own.save()
    answer = client.get("/az/")
    assert "Portal şənbə günü bağlıdır." in answer.content.decode()
    assert answer.wsgi_request.page_expires_at <= own.banner_until
    assert "banner" not in opened(client, "/ru/").xpath("string(//body/@class)")
    own.banner_until = timezone.now() - timedelta(minutes=1)
    own.save()
    assert "Portal şənbə günü bağlıdır." not in client.get("/az/").content.decode()


def test_menu_and_footer_follow_the_pages(client, own):
    home = HomePage.objects.get(locale__language_code="az")
    for title, shown in (("Menyuda", True), ("Aşağıda", False)):
        page = home.add_child(
            instance=StandardPage(title=title, show_in_menus=shown, locale=home.locale)
        )
        page.save_revision().publish()
    page = opened(client)
    assert "Menyuda" in page.xpath("string(//header)")
    assert "Aşağıda" not in page.xpath("string(//header)")
    assert "Aşağıda" in page.xpath("string(//footer)")


def test_a_second_site_has_settings_of_its_own(client, own):
    own.name = {"az": "Birinci"}
    own.save()
    root = own.site.root_page
    other = Site.objects.create(hostname="second.example", root_page=root, site_name="Second")
    SiteSettings.objects.create(site=other, name={"az": "İkinci"})
    answer = client.get("/az/", headers={"host": "second.example"})
    assert "İkinci" in answer.content.decode()
    assert "Birinci" in client.get("/az/").content.decode()
