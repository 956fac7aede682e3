"""While the portal is worked on, readers learn when to come back; staff go on."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from home.models import HomePage, StandardPage
from tests.factories import make_user
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    install_site()


def maintenance(*words: str) -> None:
    call_command("maintenance", *words, stdout=StringIO())


@pytest.mark.parametrize(
    ("path", "headers", "language"),
    [("/ru/", {}, "ru"), ("/", {"accept-language": "kk"}, "kk"), ("/en/search/?q=x", {}, "en")],
)
def test_readers_are_told_in_their_language_when_to_come_back(client, path, headers, language):
    client.get(path)
    maintenance("on", "--minutes", "30")
    answer = client.get(path, headers=headers)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "1800"
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_staff_and_watchers_go_on(client):
    maintenance("on")
    assert client.get("/healthz").status_code == 200
    assert client.get("/admin/", follow=True).status_code == 200
    sign_in_as_staff(client, make_user("editor"))
    assert client.get("/admin/").status_code == 200


def test_it_costs_no_query_and_ends(client, django_assert_num_queries):
    maintenance("on")
    with django_assert_num_queries(0):
        assert client.get("/az/").status_code == 503
    maintenance("off")
    maintenance("off")
    assert client.get("/az/").status_code == 200


def test_a_broken_file_closes_the_portal_all_the_same(client, settings):
    (settings.DATA_DIR / "maintenance").write_bytes(b"\xff\xfe")
    assert client.get("/az/")["Retry-After"] == "900"


def test_a_page_whose_day_has_passed_is_gone(client):
    home = HomePage.objects.get(locale__language_code="ru")
    page = home.add_child(instance=StandardPage(title="Набор", slug="nabor", locale=home.locale))
    page.save_revision().publish()
    assert client.get("/ru/nabor/").status_code == 200
    StandardPage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    answer = client.get("/ru/nabor/")
    assert answer.status_code == 410
    assert 'lang="ru"' in answer.content.decode()
    assert client.get("/ru/nabor-2/").status_code == 404
