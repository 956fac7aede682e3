"""Nobody puts their own words before the public: neither drafts that were never submitted."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from catalog.models import CourseText
from catalog.people.languages import keep_language
from home.models import HomePage, StandardPage
from tests import factories
from tests.admin.forms import TEXT, address, new_course, words

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def text(portal, academy):
    course = factories.make_course({"az": "Elektron sənədlər"}, provider=academy, live=False)
    return course.texts.get()


@pytest.fixture
def page(portal):
    home = HomePage.objects.get(locale__language_code="az")
    return home.add_child(instance=StandardPage(title="Haqqımızda", slug="haqqimizda", live=False))


def as_it_is(text, **kwargs):
    return words(text.title, summary=text.summary, **kwargs)


def page_form(title="Haqqımızda"):
    body = streamfield([("paragraph", rich_text("<p>Salam.</p>"))])
    empty = dict.fromkeys(
        ("intro", "seo_title", "search_description", "go_live_at", "expire_at"), ""
    )
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    values = {"title": title, "slug": "haqqimizda", "body": body, "comments": comments}
    return nested_form_data(empty | values)


def is_live(obj):
    return type(obj).objects.get(pk=obj.pk).live


def page_address(page, name="edit"):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def test_a_moderator_does_not_publish_their_own_draft_of_a_course(text, academy, sign_in):
    client = sign_in("moderator", academy)
    text.save_revision(user=client.person)
    assert 'name="action-publish"' not in client.get(address(text, "edit")).content.decode()
    client.post(address(text, "edit"), as_it_is(text) | PUBLISH)
    assert not is_live(text)


def test_what_a_moderator_changes_in_the_form_stays_a_draft_and_says_so(text, academy, sign_in):
    text.save_revision(user=factories.make_user("editor", academy))
    client = sign_in("moderator", academy, language="en")
    keep_language(client.person)
    answer = client.post(address(text, "edit"), words("Öz sözüm") | PUBLISH, follow=True)
    assert not is_live(text)
    assert "Your changes are saved as a draft." in answer.content.decode()
    assert CourseText.objects.get().get_latest_revision_as_object().title == "Öz sözüm"


def test_a_published_text_is_not_changed_past_the_review(text, academy, sign_in):
    text.save_revision(user=factories.make_user("editor", academy)).publish()
    client = sign_in("moderator", academy)
    client.post(address(text, "edit"), words("Öz sözüm") | PUBLISH)
    text.refresh_from_db()
    assert (text.title, text.live) == ("Elektron sənədlər", True)


def test_a_moderator_publishes_what_an_editor_wrote(text, academy, sign_in):
    text.save_revision(user=factories.make_user("editor", academy))
    client = sign_in("moderator", academy)
    client.post(address(text, "edit"), as_it_is(text) | PUBLISH)
    assert is_live(text)


def test_nobody_but_a_superuser_makes_and_publishes_a_course_in_one_go(portal, academy, sign_in):
    for role, kwargs, published in (("moderator", {}, 0), (None, {"is_superuser": True}, 1)):
        client = sign_in(role, academy, **kwargs)
        form = new_course("Kurs", academy, factories.locale("az"), code=f"C-{published}")
        client.post(reverse(f"{TEXT}:add"), form | PUBLISH)
        assert CourseText.objects.filter(live=True).count() == published
    assert CourseText.objects.count() == 2


def test_a_portal_with_one_administrator_does_not_stand_still(text, page, sign_in):
    client = sign_in(None, is_superuser=True)
    for row in (text, page):
        row.save_revision(user=client.person)
    client.post(address(text, "edit"), words("Yeni ad") | PUBLISH)
    client.post(page_address(page), page_form() | PUBLISH)
    assert is_live(text)
    assert is_live(page)


def test_a_moderator_does_not_publish_their_own_draft_of_a_page(page, sign_in):
    client = sign_in("moderator")
    page.save_revision(user=client.person)
    client.post(page_address(page), page_form() | PUBLISH)
    assert not is_live(page)
    assert not page.permissions_for_user(client.person).can_publish()


def test_what_a_moderator_changes_on_a_page_stays_a_draft(page, sign_in):
    page.save_revision(user=factories.make_user("editor"))
    client = sign_in("moderator", language="en")
    keep_language(client.person)
    answer = client.post(page_address(page), page_form("Öz sözüm") | PUBLISH, follow=True)
    assert "Your changes are saved as a draft." in answer.content.decode()
    assert not is_live(page)


def test_a_moderator_publishes_a_page_that_an_editor_wrote(page, sign_in):
    editor = sign_in("editor")
    editor.post(page_address(page), page_form())
    client = sign_in("moderator")
    written = StandardPage.objects.get(pk=page.pk).get_latest_revision().content
    client.post(page_address(page), page_form_of(written) | PUBLISH)
    assert is_live(page)


def page_form_of(content):
    """The form as a browser sends it back: with the blocks it was given."""
    form = page_form()
    form["body-0-id"] = StandardPage.from_serializable_data(content).body[0].id
    return form


def test_pages_are_not_published_in_bulk_by_who_wrote_them(page, sign_in):
    client = sign_in("moderator")
    page.save_revision(user=client.person)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{url}?id={page.pk}", {"include_descendants": "on"})
    assert answer.status_code < 500
    assert not is_live(page)


def test_a_moderator_adds_a_page_as_a_draft(page, sign_in):
    client = sign_in("moderator")
    home = page.get_parent()
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    client.post(url, page_form("Yeni") | {"slug": "yeni"} | PUBLISH)
    assert not StandardPage.objects.child_of(home).get(slug="yeni").live


def test_who_typed_a_translation_does_not_publish_it(
    page, sign_in, django_capture_on_commit_callbacks
):
    from wagtail_localize.models import StringTranslation, Translation, TranslationSource

    page.save_revision().publish()
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    turkish = Locale.objects.get(language_code="tr")
    translation = Translation.objects.create(source=source, target_locale=turkish)
    translation.save_target(publish=False)
    client = sign_in("moderator")
    segment = source.stringsegment_set.first()
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=turkish,
        context=segment.context,
        data="Hakkımızda",
        last_translated_by=client.person,
    )
    target = StandardPage.objects.get(locale=turkish)
    answer = client.post(page_address(target), {"action": "publish"})
    assert answer.status_code in (302, 403)
    assert not is_live(target)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in("moderator").post(page_address(target), {"action": "publish"})
    assert is_live(target)
