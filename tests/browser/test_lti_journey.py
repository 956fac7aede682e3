"""The whole way to a course that is a tool, without scripts: sign in, find, enrol, learn, grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, expect

from catalog.people.models import Issuer
from search.rebuild import rebuild
from tests import factories
from tests.accounts.services import CLIENT, real_provider
from tests.services.installed_site import install_site
from tests.services.lti_tool import MARK, Tool, lti_tool

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Açıq məlumatlarla iş"
SUBJECT = "aze-1"
PEOPLE = {
    SUBJECT: {
        "given_name": "Orxan",
        "family_name": "Əliyev",
        "email": "orxan@example.gov.az",
        "email_verified": True,
        "locale": "az-AZ",
    }
}


@pytest.fixture
def tool() -> Iterator[Tool]:
    with lti_tool() as running:
        yield running


@pytest.fixture
def portal(live_server, settings, tmp_path, tool: Tool) -> Iterator[str]:
    """The address of a portal with a sign-in service and one course, which is the tool's."""
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    settings.PUBLIC_URL = tool.platform = live_server.url
    settings.LMS_PRIVATE_HOSTS = [urlsplit(tool.url).netloc]
    install_site()
    lms = factories.make_connection(
        code="tool", kind="lti", name={"az": "alət"}, options=tool.options
    )
    course = factories.make_course({"az": TITLE}, audience="everyone", lms=lms, lms_key="uuid-42")
    factories.make_run(course)
    rebuild()
    with real_provider(PEOPLE) as url:
        settings.SIGN_IN_PRIVATE_HOSTS = [urlsplit(url).netloc]
        Issuer.objects.create(
            key="asan",
            name={"az": "ASAN Giriş"},
            url=url,
            client_id=CLIENT,
            secret="s3cret-of-asan",
            country=factories.make_country("az"),
            active=True,
        )
        yield live_server.url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A telephone without scripts."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 760}, java_script_enabled=False, locale="az-AZ"
    )
    yield context.new_page()
    context.close()


def test_from_the_search_into_the_tool_and_back_with_a_grade(portal: str, tool: Tool, page: Page):
    page.goto(f"{portal}/az/")
    field = page.locator("main input[name=q]")
    field.fill(TITLE)
    field.press("Enter")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    page.locator(".enrol a").click()
    page.get_by_role("link", name="ASAN Giriş").click()
    page.locator("input[name=sub]").fill(SUBJECT)
    page.get_by_role("button", name="Authorize").click()
    page.locator("form.form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/az/enrol/\d+/$"))

    # The worker of the tests has no wait of its own: the place is there already.
    page.goto(f"{portal}/az/my-learning/")
    into_the_course(page, tool)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("#person")).to_have_text("Orxan Əliyev")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("#mark")).to_have_text(str(MARK))

    # The portal heard it from the tool, not from the reader's browser.
    page.goto(f"{portal}/az/my-learning/")
    expect(page.locator(".learning")).to_contain_text(re.compile(r"87[.,]5"))


def into_the_course(page: Page, tool: Tool) -> None:
    """Through the tool's login and back, to a page of the portal with a button for the rest."""
    page.locator(".learning a[href$='/go/']").click()
    expect(page).to_have_url(re.compile(r"/lti/authorise/"))
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(f"{tool.url}/launch")
