"""A page that is renamed or moved is found at its old address, with everything below it."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from home.models import CatalogueIndexPage, HomePage, NewsIndexPage, NewsPage, StandardPage
from tests import factories


@pytest.fixture
def catalogue(portal):
    return CatalogueIndexPage.objects.get(locale__language_code="az")


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """``rename(page, slug)``: publish the page under another word."""

    def rename(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


def get(path):
    return Client().get(path)


def test_a_renamed_catalogue_adds_one_redirect_for_all_its_courses(catalogue, rename):
    courses = [factories.make_course({"az": "Elektron sənədlər"}) for _i in range(3)]
    rename(catalogue, "kurslar")
    assert Redirect.objects.count() == 1
    for course in courses:
        response = get(f"/az/kataloq/elektron-senedler-{course.pk}/?a=1")
        assert response.status_code == 301
        assert response.url == f"/az/kurslar/elektron-senedler-{course.pk}/?a=1"
        assert get(response.url).status_code == 200
    assert get("/az/kataloq/").url == "/az/kurslar/"


def test_other_languages_keep_their_address(catalogue, rename):
    course = factories.make_course({"en": "Documents"})
    rename(catalogue, "kurslar")
    assert get(f"/en/catalogue/documents-{course.pk}/").status_code == 200


def test_a_page_renamed_twice_and_back_again_makes_no_circle(catalogue, rename):
    course = factories.make_course({"az": "Kurs"})
    for slug in ("kurslar", "telimler", "kataloq"):
        rename(catalogue, slug)
        catalogue = CatalogueIndexPage.objects.get(pk=catalogue.pk)
    assert get(f"/az/kataloq/kurs-{course.pk}/").status_code == 200
    for old in ("kurslar", "telimler"):
        assert get(f"/az/{old}/kurs-{course.pk}/").url == f"/az/kataloq/kurs-{course.pk}/"
    assert get("/az/kataloq/kurs-999999/").status_code == 404


def test_an_address_that_never_was_is_still_not_found(catalogue, rename):
    rename(catalogue, "kurslar")
    for path in ("/az/nothing/", "/az/kataloq-x/", "/az/" + "a/" * 40, "/az/%00/"):
        assert get(path).status_code in (400, 404)


def test_what_lies_below_a_moved_page_moves_along(portal, django_capture_on_commit_callbacks):
    home = HomePage.objects.get(locale__language_code="az")
    about = home.add_child(instance=StandardPage(title="Haqqımızda", slug="haqqimizda"))
    people = about.add_child(instance=StandardPage(title="Komanda", slug="komanda"))
    other = home.add_child(instance=StandardPage(title="Akademiya", slug="akademiya"))
    assert get("/az/haqqimizda/komanda/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        StandardPage.objects.get(pk=about.pk).move(other, pos="last-child")
    assert get("/az/haqqimizda/komanda/").url == "/az/akademiya/haqqimizda/komanda/"
    assert get("/az/akademiya/haqqimizda/komanda/").status_code == 200
    assert people.pk


def test_a_redirect_set_by_hand_is_left_alone(catalogue, rename):
    news = NewsIndexPage.objects.get(locale__language_code="az")
    Redirect.add_redirect("/az/kataloq", redirect_to=news, site=news.get_site())
    rename(catalogue, "kurslar")
    assert Redirect.objects.count() == 1
    assert get("/az/kataloq/").url == "/az/xeberler/"


def test_a_renamed_draft_leaves_no_redirect(portal, rename):
    news = NewsIndexPage.objects.get(locale__language_code="az")
    draft = news.add_child(instance=NewsPage(title="Xəbər", slug="xeber", live=False))
    rename(draft, "yeni-xeber")
    assert not Redirect.objects.exists()
