"""The first page of the admin tells what waits and what ends soon, in every language."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import CourseText
from tests import factories
from tests.signing_in import sign_in_as_staff

LIST = "wagtailsnippets_catalog_course:list"


def numbers(client):
    """The numbers of the first page, by the list they lead to."""
    client.get(reverse("wagtailadmin_home"))
    page = " ".join(client.get(reverse("wagtailadmin_home")).content.decode().split())
    found = {}
    for name in ("waiting", "expiring"):
        start = page.index(f'href="{reverse(LIST)}?attention={name}">')
        found[name] = int(page[start:].split("</a>")[0].split()[-1])
    return found


def test_the_first_page_counts_what_waits_and_what_ends_soon(portal, academy, institute, sign_in):
    client = sign_in("moderator", academy)
    assert numbers(client) == {"waiting": 0, "expiring": 0}
    editor = factories.make_user("editor", academy)
    for provider in (academy, institute):
        course = factories.make_course(provider=provider)
        CourseText.objects.filter(course=course).update(
            expire_at=timezone.now() + timedelta(days=5)
        )
        text = course.texts.get()
        text.save_revision(user=editor)
        text.get_workflow().start(text, editor)
    assert numbers(client) == {"waiting": 1, "expiring": 1}
    sign_in_as_staff(client, editor)
    assert numbers(client)["waiting"] == 0


@pytest.mark.parametrize("language", factories.LANGUAGES)
def test_the_admin_opens_in_every_language(language, portal, academy, sign_in):
    course = factories.make_course({"az": "Kurs"}, provider=academy)
    factories.make_run(course, centre=factories.make_centre())
    client = sign_in("administrator", language=language)
    pages = [
        reverse("wagtailadmin_home"),
        reverse(LIST),
        reverse("wagtailsnippets_catalog_course:edit", args=[course.pk]),
        reverse("wagtailsnippets_catalog_coursetext:add"),
        reverse("wagtailsnippets_catalog_coursetext:edit", args=[course.texts.get().pk]),
        reverse("wagtailsnippets_catalog_courserun:edit", args=[course.runs.get().pk]),
        reverse("wagtailsnippets_catalog_provider:edit", args=[academy.pk]),
        reverse("wagtailsnippets_catalog_centre:list"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailadmin_explore_root"),
    ]
    for page in pages:
        assert client.get(page).status_code == 200, page
