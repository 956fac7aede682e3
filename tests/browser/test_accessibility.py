"""Axe finds nothing wrong with the key pages, in light and dark, with sheets open and closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DemoPortal

pytestmark = pytest.mark.browser
PAGES = ("home", "search", "course", "catalogue", "centre", "not-found")


@contextmanager
def opened(chromium: Browser, width: int, scheme: str = "light") -> Iterator[Page]:
    """A page of that width whose reader prefers that colour scheme and no motion."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """One line for each rule broken on the page as it stands, with the elements at fault."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {rule['id']}: {[node['target'] for node in rule['nodes']][:5]}"
        for rule in found
    ]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["az", "ru"])
def test_light_pages_break_no_rule(
    demo_portal: DemoPortal, chromium: Browser, language: str, width: int
) -> None:
    found = []
    with opened(chromium, width) as page:
        for name in PAGES:
            page.goto(demo_portal.address(language, name))
            found += violations(page)
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_dark_pages_break_no_rule(demo_portal: DemoPortal, chromium: Browser, width: int) -> None:
    found = []
    with opened(chromium, width, "dark") as page:
        for name in ("home", "course", "search"):
            page.goto(demo_portal.address("az", name))
            found += violations(page)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_menu_and_open_filters_break_no_rule(
    demo_portal: DemoPortal, chromium: Browser, scheme: str
) -> None:
    with opened(chromium, 360, scheme) as page:
        page.goto(demo_portal.address("az", "home"))
        page.locator(".menu--narrow summary").click()
        assert page.locator(".menu__sheet").is_visible()
        found = violations(page)
        page.goto(demo_portal.address("az", "search"))
        page.locator("a[href='#filters']").click()
        assert page.locator("#filters").is_visible()
        found += violations(page)
    assert found == []
