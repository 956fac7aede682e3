"""Drafts are seen as visitors will see them, by those who may, and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Course, CourseText
from tests import factories
from tests.admin.forms import TEXT, address, new_course, programme_form, words


@pytest.fixture
def course(portal, academy):
    return factories.make_course(
        {"az": "Elektron sənədlər", "ru": "Электронные документы"}, provider=academy
    )


@pytest.fixture
def text(course):
    return course.texts.get(locale__language_code="az")


def test_what_is_being_typed_is_shown_as_the_public_page(text, academy, sign_in):
    client = sign_in("editor", academy)
    url = address(text, "preview_on_edit")
    sent = client.post(url, words("Rəqəmsal sənədlər", paragraph="<p>Yeni mətn.</p>"))
    assert sent.json() == {"is_valid": True, "is_available": True}
    response = client.get(url + "?in_preview_panel=true")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Rəqəmsal sənədlər</h1>" in page
    assert "Yeni mətn." in page
    assert '<html lang="az"' in page
    assert "noindex" in page
    text.refresh_from_db()
    assert text.title == "Elektron sənədlər"


def test_a_preview_speaks_the_language_of_the_text(course, academy, sign_in):
    text = course.texts.get(locale__language_code="ru")
    client, url = sign_in("editor", academy), address(text, "preview_on_edit")
    client.post(url, words("Электронные документы"))
    page = client.get(url).content.decode()
    assert '<html lang="ru"' in page
    assert "Электронные документы" in page


def test_a_new_course_is_previewed_before_it_is_saved(portal, academy, sign_in):
    client = sign_in("editor", academy)
    url = reverse(f"{TEXT}:preview_on_add")
    form = new_course("Yeni kurs", academy, factories.locale("az"))
    assert client.post(url, form).json()["is_valid"]
    response = client.get(url)
    assert "<h1>Yeni kurs</h1>" in response.content.decode()
    assert not Course.objects.exists()
    assert not CourseText.objects.exists()


def test_an_empty_form_is_previewed_without_an_error(portal, academy, sign_in):
    client = sign_in("editor", academy)
    url = reverse(f"{TEXT}:preview_on_add")
    assert client.post(url, words("")).json()["is_valid"] is False
    assert client.get(url).status_code == 200


def test_a_new_language_is_previewed_before_it_is_saved(course, academy, sign_in):
    client = sign_in("translator", academy)
    url = f"{reverse(f'{TEXT}:preview_on_add')}?course={course.pk}&locale=en"
    form = words("Electronic documents", locale=factories.locale("en").pk)
    assert client.post(url, form).json()["is_valid"]
    page = client.get(url).content.decode()
    assert '<html lang="en"' in page
    assert "<h1>Electronic documents</h1>" in page


def test_a_revision_and_what_waits_for_review_are_previewed(text, academy, sign_in):
    text.title = "Köhnə ad"
    revision = text.save_revision()
    client = sign_in("moderator", academy)
    page = client.get(address(text, "revisions_view", revision.pk)).content.decode()
    assert "Köhnə ad" in page
    state = text.get_workflow().start(text, factories.make_user("editor", academy))
    url = address(text, "workflow_preview", state.current_task_state.task_id)
    response = client.get(url)
    assert response.status_code == 200
    assert "Köhnə ad" in response.content.decode()


def test_a_preview_is_kept_by_no_cache(text, academy, sign_in):
    revision = text.save_revision()
    client = sign_in("editor", academy)
    response = client.get(address(text, "revisions_view", revision.pk))
    assert "private" in response["Cache-Control"]


def test_drafts_are_for_colleagues_only(text, institute, sign_in):
    text.title = "Gizli ad"
    revision = text.save_revision()
    urls = [address(text, "preview_on_edit"), address(text, "revisions_view", revision.pk)]
    stranger, visitor = sign_in("moderator", institute), Client()
    for url in urls:
        assert stranger.get(url).status_code in (302, 403)
        response = visitor.get(url)
        assert response.status_code == 302
        assert reverse("account_login") in response.url
    public = visitor.get(f"/az/kataloq/elektron-senedler-{text.course_id}/").content.decode()
    assert "Elektron sənədlər" in public
    assert "Gizli ad" not in public


def test_a_text_that_was_never_published_has_no_public_page(portal, academy):
    course = factories.make_course({"az": "Qaralama"}, provider=academy, live=False)
    assert Client().get(f"/az/kataloq/qaralama-{course.pk}/").status_code == 404


def test_a_programme_is_previewed_in_each_language(course, academy, sign_in):
    programme = factories.make_programme(
        course, provider=academy, title={"az": "Sənədlər proqramı", "ru": "Программа документов"}
    )
    client = sign_in("editor", academy)
    url = address(programme, "preview_on_edit")
    client.post(url, programme_form(programme))
    page = client.get(f"{url}?mode=ru").content.decode()
    assert '<html lang="ru"' in page
    assert "Программа документов" in page
    assert "Электронные документы" in page
    for mode in ("az", "kk", "nonsense", ""):
        assert client.get(f"{url}?mode={mode}").status_code == 200
