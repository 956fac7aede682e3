"""Pages: where they may stand, who may approve them, and how they reach the public."""

import pytest
from django.urls import reverse

from home.models import (
    CatalogueIndexPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
)
from tests import factories


@pytest.fixture
def home(portal):
    return HomePage.objects.get(locale__language_code="az")


@pytest.fixture
def page(home):
    page = home.add_child(instance=StandardPage(title="Haqqımızda", slug="haqqimizda", live=False))
    page.save_revision()
    return page


def submitted(page, author):
    """The page, waiting for review, last written by ``author``."""
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page


def approve(client, page):
    """The answer of a reviewer in the dialogue."""
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    name = "wagtailadmin_pages:workflow_action"
    return client.post(reverse(name, args=[page.pk, "approve", state.pk]))


def is_live(page):
    return StandardPage.objects.get(pk=page.pk).live


def test_a_second_person_approves_a_page_and_it_is_public(page, sign_in, client):
    submitted(page, factories.make_user("editor"))
    approve(sign_in("moderator"), page)
    assert is_live(page)
    client.logout()
    assert client.get("/az/haqqimizda/").status_code == 200


def test_the_last_editor_of_a_page_neither_approves_nor_publishes_it(page, sign_in):
    client = sign_in("moderator")
    submitted(page, client.person)
    approve(client, page)
    assert not is_live(page)
    assert not page.permissions_for_user(client.person).can_publish()


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_may_not_publish_pages_does_not(role, page, sign_in):
    client = sign_in(role)
    permissions = page.permissions_for_user(client.person)
    assert permissions.can_edit()
    assert not permissions.can_publish()
    assert not permissions.can_unpublish()


def test_translators_add_no_pages(home, sign_in):
    person = sign_in("translator").person
    assert not home.permissions_for_user(person).can_add_subpage()


@pytest.mark.parametrize(
    ("parent", "allowed", "forbidden"),
    [
        (NewsIndexPage, {NewsPage}, {StandardPage, HomePage}),
        (CatalogueIndexPage, set(), {StandardPage, NewsPage}),
        (HomePage, {StandardPage, CatalogueIndexPage, NewsIndexPage}, {HomePage, NewsPage}),
        (StandardPage, {StandardPage, CatalogueIndexPage}, {HomePage, NewsPage, NewsIndexPage}),
    ],
)
def test_each_kind_of_page_stands_where_it_belongs(parent, allowed, forbidden):
    offered = set(parent.allowed_subpage_models())
    assert allowed <= offered
    assert not forbidden & offered


def test_a_new_page_appears_in_the_other_languages_until_it_is_translated(home):
    from wagtail.models import Locale
    from wagtail_localize.synctree import synchronize_tree

    page = home.add_child(instance=StandardPage(title="Haqqımızda", slug="haqqimizda"))
    page.save_revision().publish()
    az = Locale.objects.get(language_code="az")
    ru = Locale.objects.get(language_code="ru")
    synchronize_tree(az, ru)
    stand_in = StandardPage.objects.get(locale=ru)
    assert stand_in.is_untranslated
