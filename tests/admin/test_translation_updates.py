"""Updating translations of a page needs the rights to those pages, whoever may translate."""

from __future__ import annotations

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage, StandardPage
from tests.services.installed_site import install_site


@pytest.fixture
def source(db):
    install_site()
    home = HomePage.objects.get(locale__language_code="az")
    page = home.add_child(instance=StandardPage(title="Haqqımızda", slug="haqqimizda"))
    page.save_revision().publish()
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="tr")
    )
    translation.save_target(publish=False)
    page.title = "Portal haqqında"
    page.save_revision().publish()
    return source


def address(source) -> str:
    return f"/admin/localize/update/{source.pk}/"


def title_in_turkish() -> tuple[str, bool]:
    page = StandardPage.objects.get(locale__language_code="tr")
    return page.title, page.live


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_may_not_publish_does_not_publish_by_updating(source, sign_in, role):
    before = title_in_turkish()
    client = sign_in(role)
    answer = client.post(address(source), {"publish_translations": "on"})
    assert answer.status_code in (302, 403)
    assert title_in_turkish() == before
    assert not title_in_turkish()[1]


def test_a_translator_may_take_the_changes_over_as_a_draft(source, sign_in):
    client = sign_in("translator")
    assert client.get(address(source)).status_code == 200
    client.post(address(source), {})
    assert not title_in_turkish()[1]
    source.refresh_from_db()
    assert source.object_repr == "Portal haqqında"


def test_a_moderator_may_publish(source, sign_in, django_capture_on_commit_callbacks):
    client = sign_in("moderator")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(source), {"publish_translations": "on"})
    assert title_in_turkish()[1]
