"""Nothing hangs over the edge of a narrow screen, and the first view is light."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import DemoPortal

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["az", "ru"])
def test_no_page_is_wider_than_a_narrow_phone(
    demo_portal: DemoPortal, chromium: Browser, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page, widths = context.new_page(), {}
    for name in demo_portal.pages[language]:
        page.goto(demo_portal.address(language, name))
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert len(widths) == 10
    assert {name: width for name, width in widths.items() if width > 320} == {}


@pytest.mark.parametrize(("name", "most"), [("home", 60), ("search", 40), ("course", 60)])
def test_first_view_is_light_and_asks_nobody_else(
    demo_portal: DemoPortal, browser_page: Page, name: str, most: int
) -> None:
    """``most``: thousand bytes of page, styles, script and icons, compressed."""
    responses: list[Response] = []
    complaints: list[str] = []
    browser_page.on("response", lambda response: responses.append(response))
    browser_page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    browser_page.on("pageerror", lambda error: complaints.append(str(error)))
    browser_page.goto(demo_portal.address("az", name), wait_until="networkidle")
    before_images = [
        response
        for response in responses
        if response.request.resource_type != "image" and "/icons/icon.svg" not in response.url
    ]
    assert [r.url for r in responses if not r.url.startswith((demo_portal.url, "data:"))] == []
    assert [r.url for r in responses if r.status >= 400] == []
    assert complaints == []
    assert len(before_images) <= 5
    assert sum(len(gzip.compress(r.body())) for r in before_images) <= most * 1000
