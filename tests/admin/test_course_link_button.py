"""In a real browser: an editor links words of a text to a course."""

import re

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from playwright.sync_api import expect
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.blocks import RICH_TEXT
from tests import factories
from tests.admin.forms import address
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, server, person):
    """Give the browser the session of ``person``."""
    client = Client()
    sign_in_as_staff(client, person)
    name = portal_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": server.url}
    page.context.add_cookies([cookie])


def test_words_are_linked_to_a_course_by_the_button(live_server, browser_page, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    install_site()
    academy = factories.make_provider("academy")
    target = factories.make_course({"az": "Hədəf kurs"}, provider=academy, code="TARGET-1")
    text = factories.make_course({"az": "Elektron sənədlər"}, provider=academy).texts.get()
    text.body = [{"type": "paragraph", "value": "<p>Bax: kurs</p>"}]
    text.save()
    page = browser_page
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    sign_in(page, live_server, factories.make_user("editor", academy, language="en"))

    page.goto(live_server.url + address(text, "edit"))
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("End")
    for _letter in "kurs":
        page.keyboard.press("Shift+ArrowLeft")
    page.locator('button[name="COURSE"]').first.click()
    page.locator(".modal a:has-text('Hədəf kurs')").first.click()
    page.locator(".TooltipEntity").first.wait_for()
    assert page.locator(".TooltipEntity").first.inner_text().strip() == "kurs"
    # The editor writes its field a moment after the last change.
    field = page.locator('input[name="body-0-value"]')
    expect(field).to_have_value(re.compile("COURSE"))
    sent = field.input_value()
    stored = ContentstateConverter(RICH_TEXT).to_database_format(sent)
    assert problems == []
    assert 'linktype="course"' in stored
    assert f'id="{target.pk}"' in stored
