"""What networks show of a shared page: a picture in their size, of every page there is."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from PIL import Image

from catalog.addresses import course_url, index_path
from home.models import HomePage, NewsIndexPage, NewsPage, PortalImage, StandardPage
from home.social import picture_address
from tests.factories import make_centre, make_course, make_programme
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
TITLE = "Açıq məlumat"


@pytest.fixture(autouse=True)
def site(settings):
    settings.PUBLIC_URL = "https://portal.example"
    install_site()


def photograph(**kwargs) -> PortalImage:
    """A stored image of 1600 × 900 pixels."""
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "#0B5563").save(out, "JPEG")
    file = SimpleUploadedFile("hall.jpg", out.getvalue())
    return PortalImage.objects.create(title="Hall", file=file, width=1600, height=900, **kwargs)


def said(client, path: str) -> dict[str, str]:
    """The page's own words about itself."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    nodes = html.fromstring(answer.content).xpath("//meta[@property or @name]")
    return {node.get("property") or node.get("name"): node.get("content") for node in nodes}


def fetched(client, address: str) -> Image.Image:
    """The picture behind an absolute address of the portal."""
    assert address.startswith("https://portal.example/")
    answer = client.get(address.removeprefix("https://portal.example"))
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    return Image.open(io.BytesIO(answer.getvalue()))


def test_every_page_brings_a_picture_of_the_right_size(client):
    course = make_course({"az": TITLE}, code="OD-1")
    programme, centre = make_programme(course), make_centre("baku")
    paths = [
        "/az/",
        index_path("course", "az"),
        course_url(course.pk, TITLE, "az"),
        f"{index_path('programme', 'az')}{programme.pk}/",
        f"{index_path('provider', 'az')}{course.provider_id}/",
        f"{index_path('centre', 'az')}{centre.pk}/",
    ]
    pictures = set()
    for path in paths:
        words = said(client, path)
        assert words["twitter:card"] == "summary_large_image"
        picture = fetched(client, words["og:image"])
        assert (picture.format, *picture.size) == ("PNG", 1200, 630)
        assert (words["og:image:width"], words["og:image:height"]) == ("1200", "630")
        pictures.add(words["og:image"])
    assert len(pictures) == len(paths) - 1


def test_a_photograph_is_shown_with_what_it_shows(client):
    course = make_course({"az": TITLE}, image=photograph(alt_text={"az": "Mühazirə zalı"}))
    words = said(client, course_url(course.pk, TITLE, "az"))
    picture = fetched(client, words["og:image"])
    assert (picture.format, *picture.size) == ("JPEG", 1200, 630)
    assert words["og:image:alt"] == "Mühazirə zalı"


def test_pages_show_their_own_image_or_the_first_in_their_text(client):
    home = HomePage.objects.get(locale__language_code="az")
    image = photograph(alt_text={"az": "Zal"})
    index = NewsIndexPage.objects.child_of(home).get()
    news = NewsPage(title="Xəbər", slug="xeber", image=image, locale=home.locale)
    index.add_child(instance=news)
    figure = {"image": {"image": image.pk, "decorative": False, "alt_text": "Baxış"}}
    page = StandardPage(title="Səhifə", slug="sehife", locale=home.locale)
    page.body = StandardPage._meta.get_field("body").to_python(
        [{"type": "paragraph", "value": "<p>a</p>"}, {"type": "figure", "value": figure}]
    )
    home.add_child(instance=page)
    for path, alt in ((news.url, "Zal"), ("/az/sehife/", "Baxış")):
        words = said(client, path)
        assert fetched(client, words["og:image"]).format == "JPEG"
        assert words["og:image:alt"] == alt


def test_a_photograph_whose_file_is_gone_gives_way_to_the_cover(client):
    image = photograph()
    course = make_course({"az": TITLE}, image=image)
    image.file.storage.delete(image.file.name)
    words = said(client, course_url(course.pk, TITLE, "az"))
    assert words["og:image"].endswith(".png")


def test_nobody_makes_the_portal_draw(client):
    address = picture_address("OD-1", 30)
    assert client.get(address).status_code == 200
    name = address.split(".")[0]
    for wrong in (f"{name}.000000000000.png", f"{name}x{address[len(name) :]}", f"{name}.png"):
        assert client.get(wrong).status_code == 404
