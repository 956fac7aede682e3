"""In a real browser, without scripts, on a phone: every page on the way in, held to axe."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from catalog.people.models import Issuer, PrivacyText
from tests.accounts.codes import PASSWORD, code
from tests.factories import LANGUAGES, locale, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN_PAGES = (
    *("", "profile/", "password/", "consent/", "confirm/service/"),
    *("second-step/switch-off/", "logout/"),
)


class Way:
    """A reader's steps; ``wrong`` collects what axe or a narrow window finds on the way."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.wrong = page, base, []

    def go(self, path: str) -> None:
        """Opens a page."""
        self.page.goto(self.base + path)
        self.look()

    def send(self, **fields: str) -> None:
        """Fills the form of the page in and sends it."""
        for name, value in fields.items():
            self.page.fill(f"#id_{name}", value)
        self.page.click("main form button")
        self.look()

    def look(self) -> None:
        """Notes what is wrong."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        path = self.page.url.removeprefix(self.base)
        self.wrong += [f"{path}: {rule['id']}" for rule in found.response["violations"]]
        width = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if width > 0:
            self.wrong.append(f"{path}: {width} px too wide")


@pytest.mark.parametrize(("language", "scheme"), [("az", "light"), ("ru", "dark")])
def test_an_editor_signs_in_for_the_first_time(
    language: str, scheme: str, live_server, chromium: Browser
) -> None:
    for code_of_language in LANGUAGES:
        locale(code_of_language)
    editor = make_user(is_superuser=True, language=language)
    name = {"az": "ASAN Login ilə daxil ol", "ru": "Войти через ASAN Login"}
    Issuer.objects.create(
        key="asan", name=name, url="http://127.0.0.1:1", client_id="x", active=True
    )
    PrivacyText.objects.create(version="1", text={"az": "Mətn.", "ru": "Текст."})
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, locale=language
    )
    page = context.new_page()
    page.route("**/*.js*", lambda route: route.abort())
    way, account = Way(page, live_server.url), f"/{language}/account/"
    page.goto(f"{live_server.url}/admin/")
    assert page.url.endswith(f"{account}login/?next=/admin/")
    way.send(login=editor.email, password="wrong")
    way.send(login=editor.email, password=PASSWORD)
    assert "/consent/" in page.url
    page.click("main form button")
    assert "/second-step/set-up/" in page.url
    way.look()
    secret = page.inner_text(".account__key")
    way.send(code=code(secret))
    assert page.locator(".account__codes li").count() == 10
    opened = page.goto(f"{live_server.url}/admin/account/")
    assert opened.url.endswith("/admin/account/")
    assert opened.status == 200
    for path in OWN_PAGES:
        way.go(account + path)
    way.page.click("main form button")
    for path in ("password/reset/", "password/reset/sent/", "inactive/"):
        way.go(account + path)
    way.go(f"/sign-in/asan/?language={language}")
    assert page.locator("h1").is_visible()
    context.close()
    assert way.wrong == []
