"""The demo goes in, does not go in twice, and comes out without taking anything along."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from catalog.models import Course, CourseText, Provider, RunSession
from home.models import HomePage, NewsPage, SiteSettings, StandardPage
from portal.demo.data import courses
from tests.factories import LANGUAGES, make_course, make_provider
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


def demo(*args: str) -> str:
    out = StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def few_courses(monkeypatch):
    """A tenth of the demo's courses: what holds for these holds for all."""
    monkeypatch.setattr("portal.demo.courses.courses", lambda: courses()[:12])


def rows() -> dict[str, int]:
    """How many rows each table of ours has."""
    labels = ("people", "home", "catalog")
    models = [m for label in labels for m in apps.get_app_config(label).get_models()]
    return {
        m._meta.label: m.objects.count() for m in models if m._meta.label != "home.ContentVersion"
    }


def test_without_a_site_there_is_a_sentence():
    with pytest.raises(CommandError, match=r"manage\.py setup"):
        demo("load")


def test_every_course_of_the_demo_is_public_in_its_languages_and_loads_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    demo("load")
    files = courses()
    assert Course.objects.public().count() == len(files)
    for language in LANGUAGES:
        texts = CourseText.objects.filter(live=True, locale__language_code=language)
        assert texts.count() == sum(language in row["texts"] for row in files), language
    assert RunSession.objects.exists()
    assert not Course.objects.filter(admin_search="").exists()
    assert Course.objects.filter(next_change_at__isnull=False).exists()
    before = rows()
    demo("load")
    assert rows() == before
    demo("remove")
    assert not Course.objects.exists()


@pytest.mark.usefixtures("few_courses")
def test_removal_takes_exactly_the_demo_out(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    make_course({"az": "Öz kursumuz"}, code="OWN-1")
    before = rows()
    demo("load")
    assert rows() != before
    demo("remove")
    assert rows() == before
    assert Course.objects.get().code == "OWN-1"


@pytest.mark.usefixtures("few_courses")
def test_what_real_content_leans_on_stays_and_is_named(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    demo("load")
    provider = Provider.objects.get(code="az-academy")
    make_course({"az": "Öz kursumuz"}, code="OWN-1", provider=provider)
    out = demo("remove")
    assert "stays" in out
    assert Provider.objects.filter(code="az-academy").exists()
    assert not NewsPage.objects.exists()
    assert Course.objects.get().code == "OWN-1"


@pytest.mark.usefixtures("few_courses")
def test_the_front_page_gets_the_demos_words_and_loses_them_again(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    own = HomePage.objects.get(locale__language_code="en")
    own.intro = "Our own words."
    own.save()
    demo("load")
    home = HomePage.objects.get(locale__language_code="az")
    assert home.intro
    assert len(home.examples) == 3
    assert SiteSettings.objects.get().help_email
    demo("remove")
    assert SiteSettings.objects.get().help_email == ""
    home.refresh_from_db()
    assert (home.intro, home.examples) == ("", [])
    own.refresh_from_db()
    assert (own.intro, own.examples) == ("Our own words.", [])


@pytest.mark.usefixtures("few_courses")
def test_a_page_that_somebody_hung_below_a_demo_page_keeps_both(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    demo("load")
    parent = StandardPage.objects.get(slug="about")
    parent.add_child(instance=StandardPage(title="Our own page", locale=parent.locale))
    out = demo("remove")
    assert "About stays: Our own page needs it" in out
    assert sorted(StandardPage.objects.values_list("title", flat=True)) == [
        "About",
        "Our own page",
    ]


@pytest.mark.usefixtures("few_courses")
def test_news_without_a_translation_stands_in_the_other_languages(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    demo("load")
    for language in LANGUAGES:
        assert NewsPage.objects.filter(locale__language_code=language).count() == 15
    untranslated = [page for page in NewsPage.objects.all() if page.is_untranslated]
    assert {page.locale.language_code for page in untranslated} == {"tr", "ru", "kk"}
    assert len(untranslated) == 6


@pytest.mark.usefixtures("few_courses")
def test_the_demo_editor_can_sign_in_with_what_status_says(settings, tmp_path, client):
    settings.DATA_DIR = tmp_path
    install_site()
    make_provider("az-egov")
    demo("load")
    status = json.loads(demo("status", "--json"))
    assert status["loaded"] is True
    roles = {row["role"]: row for row in status["sign_in"]}
    assert set(roles) == {"editor", "translator", "moderator", "administrator", "official"}
    editor = roles["editor"]
    words = {"login": editor["username"], "password": editor["password"], "next": "/admin/"}
    second_step = client.post("/en/account/login/", words).url
    code = demo("code", "editor").split()[0]
    assert client.post(second_step, {"code": code}).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    settings.DATA_DIR = tmp_path / "elsewhere"
    with pytest.raises(CommandError, match="no demo account"):
        demo("code", "editor")


@pytest.mark.usefixtures("few_courses")
def test_a_course_that_was_there_before_is_left_as_it_is(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()
    own = make_course({"az": "Öz kursumuz"}, code=courses()[0]["code"])
    demo("load")
    assert own.texts.get().title == "Öz kursumuz"
    assert not own.related.exists()
    demo("remove")
    assert Course.objects.get() == own
