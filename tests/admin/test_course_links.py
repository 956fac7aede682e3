"""Words linked to a course lead readers of each language to its page, and break without harm."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from catalog import services
from catalog.models import CourseText
from home.blocks import RICH_TEXT
from home.models import HomePage
from tests import factories
from tests.admin.forms import address


def link(course, words="kurs"):
    """A link as it is stored."""
    return f'<a linktype="course" id="{getattr(course, "pk", course)}">{words}</a>'


def on_page(course, language):
    """What readers of ``language`` get for a link to ``course``."""
    with override(language):
        return expand_db_html(f"<p>{link(course)}</p>")


@pytest.fixture
def course(portal, academy):
    titles = {"az": "Elektron sənədlər", "ru": "Электронные документы"}
    return factories.make_course(titles, provider=academy, code="DOC-1")


def test_one_stored_link_follows_the_readers_language(course):
    assert f'href="/az/kataloq/elektron-senedler-{course.pk}/"' in on_page(course, "az")
    assert f'href="/ru/katalog/elektronnye-dokumenty-{course.pk}/"' in on_page(course, "ru")
    english = on_page(course, "en")
    assert f'href="/en/catalogue/elektron-senedler-{course.pk}/"' in english


def test_a_link_leads_to_a_page_that_is_there(course):
    href = on_page(course, "ru").split('"')[1]
    assert Client().get(href).status_code == 200


def test_a_renamed_course_keeps_its_links(course):
    text = course.texts.get(locale__language_code="az")
    text.title = "Rəqəmsal sənədlər"
    text.save_revision().publish()
    assert f"/az/kataloq/reqemsal-senedler-{course.pk}/" in on_page(course, "az")


def test_a_link_to_a_withdrawn_course_leads_to_the_reason(course):
    services.withdraw(course, {"az": "Köhnəlib."})
    href = on_page(course, "az").split('"')[1]
    assert Client().get(href).status_code == 410


def test_a_link_that_leads_nowhere_keeps_its_words(course):
    draft = factories.make_course({"az": "Qaralama"}, live=False)
    for target in (draft, 999_999, "x", "1" * 40, ""):
        assert on_page(target, "az") == "<p><a>kurs</a></p>"
    course.texts.all().delete()
    assert on_page(course, "az") == "<p><a>kurs</a></p>"


def test_many_links_cost_one_query(course):
    others = [factories.make_course() for _i in range(5)]
    html = "".join(link(row) for row in (course, *others))
    with override("az"), CaptureQueriesContext(connection) as queries:
        assert expand_db_html(html).count("href") == 6
    assert len([query for query in queries if "catalog_" in query["sql"]]) == 1


def test_the_editor_shows_the_title_and_gives_back_what_was_stored(course):
    converter = ContentstateConverter(RICH_TEXT)
    stored = f'<p data-block-key="a1">Bu {link(course)} haqqında</p>'
    state = converter.from_database_format(stored)
    (entity,) = json.loads(state)["entityMap"].values()
    assert entity["type"] == "COURSE"
    assert "DOC-1" in entity["data"]["title"]
    assert entity["data"]["url"] == address(course, "edit")
    back = converter.to_database_format(state)
    assert link(course) in back or f'<a id="{course.pk}" linktype="course">kurs</a>' in back


def test_the_editor_marks_a_link_that_is_broken(course):
    converter = ContentstateConverter(RICH_TEXT)
    state = converter.from_database_format(f"<p>{link(999_999)}</p>")
    (entity,) = json.loads(state)["entityMap"].values()
    assert "url" not in entity["data"]
    assert "999999" in converter.to_database_format(state)


def test_what_a_browser_forges_is_stored_harmlessly(course):
    converter = ContentstateConverter(RICH_TEXT)
    state = json.loads(converter.from_database_format(f"<p>{link(course)}</p>"))
    for entity in state["entityMap"].values():
        entity["data"]["id"] = '1"><script>alert(1)</script>'
    stored = converter.to_database_format(json.dumps(state))
    assert "<script>" not in stored
    assert expand_db_html(stored).count("<a>") == 1


def test_a_link_is_known_as_a_use_of_the_course(course):
    home = HomePage.objects.get(locale__language_code="az")
    home.body = [{"type": "paragraph", "value": f"<p>{link(course)} {link('x')}</p>"}]
    home.save()
    uses = ReferenceIndex.get_references_to(course).filter(object_id=str(home.pk))
    assert uses.count() == 1


def test_the_button_offers_the_dialogue_of_courses(roles):
    widget = get_rich_text_editor_widget("default", features=RICH_TEXT)
    (feature,) = (item for item in widget.options["entityTypes"] if item["type"] == "COURSE")
    dialogue = reverse("wagtailsnippetchoosers_catalog_course:choose")
    assert str(feature["chooserUrls"]["courseChooser"]) == dialogue
    assert any("course-link.js" in str(script) for script in widget.media._js)


def test_only_what_a_person_may_link_to_is_chosen(course, academy, institute, sign_in):
    hidden = factories.make_course({"az": "Gizli"}, provider=institute, live=False)
    client = sign_in("editor", academy)
    chosen = "wagtailsnippetchoosers_catalog_course:chosen"
    answer = client.get(reverse(chosen, args=[course.pk])).json()["result"]
    assert answer["id"] == str(course.pk)
    assert answer["title"] == "Elektron sənədlər"
    assert "DOC-1" in answer["string"]
    response = client.get(reverse(chosen, args=[hidden.pk]), follow=True)
    assert response.status_code == 404
    dialogue = client.get(reverse("wagtailsnippetchoosers_catalog_course:choose"))
    assert "Gizli" not in dialogue.content.decode()
    assert CourseText.objects.filter(title="Gizli").exists()
