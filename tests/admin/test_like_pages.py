"""A course text has what a page has: history, comparison, schedule, lock, usage, public links."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from catalog.models import CourseText
from tests import factories
from tests.admin.forms import address, words


@pytest.fixture
def course(portal, academy):
    return factories.make_course({"az": "Elektron sənədlər"}, provider=academy)


@pytest.fixture
def text(course):
    return course.texts.get()


def shown(course):
    """What a visitor reads at the course's address."""
    return Client().get(f"/az/kataloq/elektron-senedler-{course.pk}/", follow=True)


def test_the_first_wording_of_an_imported_text_stays_in_its_history(text, academy, sign_in):
    client = sign_in("editor", academy)
    client.post(address(text, "edit"), words("Elektron sənədlər", summary="Yeni xülasə."))
    first, second = text.revisions.order_by("pk")
    assert first.as_object().summary == "Elektron sənədlər."
    page = client.get(address(text, "history")).content.decode()
    assert str(client.person) in page
    url = address(text, "revisions_compare", first.pk, second.pk)
    assert "Yeni xülasə." in client.get(url).content.decode()


def test_an_older_wording_is_brought_back(text, academy, sign_in):
    first = text.save_revision()
    text.summary = "Səhv."
    text.save_revision()
    client = sign_in("editor", academy)
    page = client.get(address(text, "revisions_revert", first.pk)).content.decode()
    assert "Elektron sənədlər." in page
    form = words("Elektron sənədlər", summary="Elektron sənədlər.") | {"revision": first.pk}
    client.post(address(text, "edit"), form)
    assert CourseText.objects.get().get_latest_revision_as_object().summary == "Elektron sənədlər."


def test_a_draft_of_a_published_text_changes_nothing_outside(text, course, academy, sign_in):
    sign_in("editor", academy).post(address(text, "edit"), words("Başqa ad"))
    page = shown(course).content.decode()
    assert "Elektron sənədlər" in page
    assert "Başqa ad" not in page


def test_a_text_is_published_and_expires_by_the_clock(course, academy, sign_in):
    text = factories.make_text(course, "en", "Electronic documents", live=False)
    text.save_revision()
    now = timezone.localtime()
    client = sign_in("moderator", academy)
    form = words(
        "Electronic documents",
        summary="Electronic documents.",
        go_live_at=(now + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M"),
        expire_at=(now + timedelta(days=2)).strftime("%Y-%m-%d %H:%M"),
    )
    client.post(address(text, "edit"), form | {"action-publish": "1"})
    text.refresh_from_db()
    assert not text.live
    assert text.scheduled_revision

    revisions = text.revisions.all()
    revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    for revision in revisions:
        revision.content["go_live_at"] = None
        revision.save(update_fields=["content"])
    call_command("publish_scheduled", verbosity=0)
    text.refresh_from_db()
    assert text.live

    CourseText.objects.filter(pk=text.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    text.refresh_from_db()
    assert not text.live


def test_a_locked_text_is_changed_by_nobody_else(text, academy, sign_in):
    client = sign_in("moderator", academy)
    client.post(address(text, "lock"))
    text.refresh_from_db()
    assert text.locked_by == client.person
    other = sign_in("moderator", academy)
    other.post(address(text, "edit"), words("Başqa ad"))
    assert not text.revisions.filter(content__title="Başqa ad").exists()
    other.post(address(text, "unlock"))
    text.refresh_from_db()
    assert not text.locked


def test_editors_do_not_lock(text, academy, sign_in):
    sign_in("editor", academy).post(address(text, "lock"))
    text.refresh_from_db()
    assert not text.locked


def test_unpublishing_takes_the_text_from_the_public(text, course, academy, sign_in):
    assert shown(course).status_code == 200
    sign_in("moderator", academy).post(address(text, "unpublish"))
    assert shown(course).status_code == 404


def test_usage_names_the_page_that_links_to_the_course(course, academy, sign_in):
    from home.models import HomePage

    home = HomePage.objects.get(locale__language_code="az")
    home.body = [
        {
            "type": "paragraph",
            "value": f'<p><a linktype="course" id="{course.pk}">kurs</a></p>',
        }
    ]
    home.save()
    page = sign_in("editor", academy).get(address(course, "usage")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[home.pk]) in page


def test_texts_and_courses_are_not_copied_over_themselves(course, text):
    for row in (course, text):
        with pytest.raises(NoReverseMatch):
            address(row, "copy")


def test_the_public_page_offers_editing_to_those_who_may(text, course, academy, institute, client):
    url = f"/az/kataloq/elektron-senedler-{course.pk}/"
    link = address(text, "edit")
    assert link not in client.get(url).content.decode()
    client.force_login(factories.make_user("editor", institute))
    assert link not in client.get(url).content.decode()
    client.force_login(factories.make_user("editor", academy))
    assert link in client.get(url).content.decode()


def test_the_form_leads_to_the_public_page_the_facts_and_the_runs(text, course, academy, sign_in):
    page = sign_in("editor", academy).get(address(text, "edit")).content.decode()
    assert f"/az/kataloq/elektron-senedler-{course.pk}/" in page
    assert address(course, "edit") in page
    assert f"{reverse('wagtailsnippets_catalog_courserun:list')}?course={course.pk}" in page


def test_translation_desks_do_not_offer_themselves_for_course_texts(text, academy, sign_in):
    from wagtail_localize.models import TranslatableObject

    client = sign_in("translator", academy)
    page = client.get(address(text, "edit")).content.decode()
    assert "/localize/submit/" not in page
    url = reverse("wagtail_localize:submit_snippet_translation", args=["catalog", "coursetext", 1])
    assert client.get(url).status_code in (302, 403, 404)
    assert client.post(url, {"locales": [1]}).status_code in (302, 403, 404)
    assert not TranslatableObject.objects.exists()
    assert CourseText.objects.count() == 1
