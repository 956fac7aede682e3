"""Kept pages: one query for a visitor, never stale, never somebody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from catalog.addresses import course_url
from tests.factories import make_course, make_run, make_user
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    cache.clear()
    install_site()


@pytest.fixture
def course():
    return make_course({"az": "Açıq məlumat"})


@pytest.fixture
def address(course):
    return course_url(course.pk, "Açıq məlumat", "az")


def kept_pages() -> list[str]:
    return [key for key in cache._cache if "page:" in key]


def test_a_kept_page_costs_one_query(client, address, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address).content == first.content


def test_a_change_shows_at_once(client, course, address):
    client.get(address)
    text = course.texts.get()
    text.summary = "Yeni təsvir."
    text.save()
    assert "Yeni təsvir." in client.get(address).content.decode()


def test_a_page_expires_when_its_words_do(client, course, address, monkeypatch):
    closes = timezone.now() + timedelta(minutes=5)
    make_run(course, enrolment_end=closes, start=closes + timedelta(days=1))
    kept = []
    monkeypatch.setattr(
        "portal.middleware.page_cache.cache.set", lambda key, page, seconds: kept.append(seconds)
    )
    client.get(address)
    assert len(kept) == 1
    assert 0 < kept[0] <= 300


def test_a_page_made_for_somebody_signed_in_is_not_kept(client, address):
    client.force_login(make_user())
    client.get(address)
    assert not kept_pages()


def test_somebody_signed_in_is_not_given_a_kept_page(client, address):
    client.get(address)
    client.force_login(make_user())
    kept = kept_pages()
    assert client.get(address).status_code == 200
    assert kept_pages() == kept
    assert client.get(address).context is not None


def test_addresses_with_strange_parameters_are_not_kept(client, address):
    client.get(address + "?utm_source=x")
    assert not kept_pages()


def test_a_page_kept_compressed_is_not_given_to_who_cannot_read_it(client, address):
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    assert "Açıq məlumat" in plain.content.decode()


def test_unchanged_pages_are_not_sent_again(client, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_pages_are_served_while_the_cache_is_away(client, address, monkeypatch):
    class Away:
        def get(self, key):
            raise ConnectionError("the cache's server is away")

        set = get

    monkeypatch.setattr("portal.middleware.page_cache.cache", Away())
    assert client.get(address).status_code == 200
