"""The demo portal, loaded once for all tests of this folder and taken out after them."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation

from catalog.addresses import centre_url, course_url, index_path, programme_url, provider_url
from catalog.models import Centre, Course, Programme, Provider
from catalog.services import withdraw
from home.models import NewsPage, StandardPage
from search.rebuild import rebuild
from tests.services.installed_site import install_site

LANGUAGES = ("az", "tr", "en", "ru", "kk")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demo's content with its search index."""
    from django.conf import settings

    before, settings.DATA_DIR = settings.DATA_DIR, tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), transaction.atomic():
        install_site()
        call_command("demo", "load", stdout=StringIO())
        rebuild()
        yield
        transaction.set_rollback(True)
    settings.DATA_DIR = before


@pytest.fixture(scope="module")
def pages(demo) -> dict[str, bytes]:
    """Every kind of page in five languages: path to HTML."""
    gone = Course.objects.get(code="LAW-120")
    withdraw(gone, {"az": "Qanun dəyişib."}, Course.objects.get(code="LAW-101"))
    client, found = Client(), {}
    for language in LANGUAGES:
        with translation.override(language):
            wanted = [*_addresses(language), course_url(gone.pk, "", language)]
        for path in wanted:
            answer = client.get(path, follow=True)
            assert answer.status_code in (200, 404, 410), path
            found[path] = answer.content
    return found


def _addresses(language: str) -> list[str]:
    courses = [
        course_url(course.pk, "", language)
        for course in Course.objects.filter(code__in=["EGOV-101", "DIG-101", "LAW-130", "FIN-220"])
    ]
    ours = {"locale__language_code": language}
    return [
        f"/{language}/",
        f"/{language}/search/?q=elektron&kind=course",
        f"/{language}/search/?q=zzzzqqqq",
        *(index_path(kind, language) for kind in ("course", "programme", "provider", "centre")),
        *courses,
        *(programme_url(row.pk, "", language) for row in Programme.objects.all()[:2]),
        *(provider_url(row.pk, "", language) for row in Provider.objects.all()[:2]),
        *(centre_url(row.pk, "", language) for row in Centre.objects.all()[:3]),
        *(page.get_url() for page in StandardPage.objects.filter(**ours)),
        *(page.get_url() for page in NewsPage.objects.filter(**ours)[:3]),
        f"/{language}/nothing-here/",
    ]
