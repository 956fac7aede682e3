"""Axe finds nothing wrong with any template, in five languages, and none is cut off on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened
from tests.services.demo_portal import DemoPortal

pytestmark = pytest.mark.browser
OTHER = {"light": "dark", "dark": "light"}
# Each meets every template. Together: all languages, both schemes at both widths, and at both
# widths a portal whose own script does not arrive.
READERS = (
    ("az", 360, "light", True),
    ("tr", 1280, "light", True),
    ("en", 360, "dark", True),
    ("ru", 1280, "dark", False),
    ("kk", 360, "light", False),
)
SCRIPT, NARROW = Axe().axe_script, 320


def violations(page: Page, *rules: str) -> list[str]:
    """One line for each rule (of these, or of all) broken on the page, with elements at fault."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    options = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate(
        "options => axe.run(document, options)", options | {"resultTypes": ["violations"]}
    )
    return [
        f"{page.url}: {rule['id']}: {[node['target'] for node in rule['nodes']][:5]}"
        for rule in found["violations"]
    ]


def in_both_schemes(page: Page, scheme: str) -> list[str]:
    """What is wrong as it stands, and with the colours of the other scheme."""
    found = violations(page)
    page.emulate_media(color_scheme=OTHER[scheme])
    found += violations(page, "color-contrast")
    page.emulate_media(color_scheme=scheme)
    return found


@pytest.mark.parametrize(("language", "width", "scheme", "scripts"), READERS)
def test_no_template_breaks_a_rule_or_hangs_over_the_edge_of_a_narrow_phone(
    demo_portal: DemoPortal,
    chromium: Browser,
    language: str,
    width: int,
    scheme: str,
    scripts: bool,
) -> None:
    found = []
    with opened(chromium, width, scheme) as page:
        if not scripts:
            # Axe is a script itself, so only the portal's own is kept away.
            page.route("**/*.js", lambda route: route.abort())
        for path in demo_portal.every[language].values():
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(demo_portal.url + path)
            found += violations(page)
            page.set_viewport_size({"width": NARROW, "height": 800})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
                found.append(f"{page.url}: {wide} px wide on a screen of {NARROW}")
    assert found == []


@pytest.mark.parametrize("language", ["az", "kk"])
def test_pages_for_what_goes_wrong_break_no_rule(
    demo_portal: DemoPortal, chromium: Browser, language: str
) -> None:
    found, shown = [], ""
    with opened(chromium, 360) as page:
        address = f"{demo_portal.url}/refused"
        page.route(address, lambda route: route.fulfill(body=shown, content_type="text/html"))
        for shown in demo_portal.refusals[language].values():  # noqa: B007 - the route reads it
            page.goto(address)
            assert page.locator("h1").is_visible()
            found += in_both_schemes(page, "light")
    assert found == []


@pytest.mark.parametrize(("language", "scheme"), [("az", "light"), ("ru", "dark"), ("kk", "light")])
def test_open_menu_filters_and_errors_of_a_form_break_no_rule(
    demo_portal: DemoPortal, chromium: Browser, language: str, scheme: str
) -> None:
    with opened(chromium, 360, scheme) as page:
        page.goto(demo_portal.address(language, "home"))
        page.locator(".menu--narrow summary").click()
        assert page.locator(".menu__sheet").is_visible()
        found = in_both_schemes(page, scheme)
        page.goto(demo_portal.address(language, "search"))
        page.locator("a[href='#filters']").click()
        assert page.locator("#filters").is_visible()
        found += in_both_schemes(page, scheme)
        page.goto(f"{demo_portal.url}/{language}/write-to-us/")
        page.locator(".contact button").click()
        assert page.locator("#contact-errors").is_visible()
        found += in_both_schemes(page, scheme)
    assert found == []
