"""``manage.py setup``: an empty real portal, and nothing twice."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Site, Workflow

from catalog.people.models import User
from home.models import CatalogueIndexPage, HomePage

pytestmark = pytest.mark.django_db
LANGUAGES = {"az", "tr", "en", "ru", "kk"}


def setup(*args: str) -> str:
    out = StringIO()
    call_command("setup", *args, stdout=out)
    return out.getvalue()


def test_every_language_has_a_home_page_and_index_pages():
    setup()
    assert set(Locale.objects.values_list("language_code", flat=True)) == LANGUAGES
    assert {page.locale.language_code for page in HomePage.objects.all()} == LANGUAGES
    indexes = {page.locale.language_code: page.slug for page in CatalogueIndexPage.objects.all()}
    assert indexes["az"] == "kataloq"
    assert indexes["en"] == "catalogue"
    assert Site.objects.get(is_default_site=True).root_page.locale.language_code == "az"


def test_pages_of_one_kind_are_translations_of_each_other():
    setup()
    assert len({page.translation_key for page in CatalogueIndexPage.objects.all()}) == 1


def test_the_page_that_a_new_wagtail_brings_along_is_gone():
    setup()
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def test_groups_and_workflow_stand_and_only_reviewers_publish():
    setup()
    publishers = {
        group.name
        for group in Group.objects.all()
        if group.permissions.filter(codename="publish_coursetext").exists()
    }
    assert publishers == {"moderator", "administrator"}
    assert {"editor", "translator"} <= set(Group.objects.values_list("name", flat=True))
    assert Workflow.objects.filter(active=True).exists()


def test_a_second_run_changes_nothing():
    setup()
    before = (Page.objects.count(), Locale.objects.count(), Group.objects.count())
    assert "Nothing was missing" in setup()
    assert (Page.objects.count(), Locale.objects.count(), Group.objects.count()) == before


def test_the_site_follows_the_public_address(settings):
    setup()
    settings.PUBLIC_URL = "https://learning.example.org"
    assert "Made: 1." in setup()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("learning.example.org", 443)
    assert "Nothing was missing" in setup()


def test_the_first_administrator_is_made_once_and_can_sign_in(client):
    out = setup("--admin-email", "chief@example.org", "--admin-password", "a long password here")
    assert "Administrator: chief@example.org" in out
    user = User.objects.get(email="chief@example.org")
    assert user.is_superuser
    assert user.username.startswith("p")
    assert user.username[1:].isdigit()
    assert client.login(username="chief@example.org", password="a long password here")
    assert "an administrator already" in setup("--admin-email", "other@example.org")


def test_what_is_not_an_address_is_refused():
    with pytest.raises(CommandError, match="not an e-mail address"):
        setup("--admin-email", "chief")
