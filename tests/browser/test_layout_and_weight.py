"""What matters is seen at once, nothing jumps, and pages are light on a slow line."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import opened
from tests.browser.slow import slow_line, total_shift, watch_layout
from tests.services.demo_portal import DemoPortal

pytestmark = pytest.mark.browser
FIRST_VIEWS = [("home", 60), ("search", 40), ("course", 60)]


def scroll_to_the_end(page: Page) -> None:
    """As a reader does, so that what loads lazily is loaded."""
    for _screen in range(40):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(30)
    page.wait_for_load_state("networkidle")


def weight(responses: list[Response]) -> int:
    """Compressed bytes of these answers; images are compressed already."""
    return sum(
        len(r.body() if r.request.resource_type == "image" else gzip.compress(r.body()))
        for r in responses
    )


@pytest.mark.parametrize("language", ["az", "tr", "en", "ru", "kk"])
def test_who_may_attend_and_the_button_are_seen_before_anybody_scrolls(
    demo_portal: DemoPortal, chromium: Browser, language: str
) -> None:
    with opened(chromium, 360) as page:
        page.set_viewport_size({"width": 360, "height": 640})
        page.goto(demo_portal.address(language, "course"))
        who = page.locator(".eligibility p").bounding_box()
        button = page.locator(".enrol .button").bounding_box()
        assert who["y"] + who["height"] <= button["y"]
        assert button["y"] + button["height"] <= 640
        assert page.locator(".enrol__next p").inner_text()


@pytest.mark.parametrize(("name", "most"), FIRST_VIEWS)
@pytest.mark.parametrize("language", ["az", "ru"])
def test_first_view_is_light_and_asks_nobody_else(
    demo_portal: DemoPortal, reader: Page, language: str, name: str, most: int
) -> None:
    """``most``: thousand bytes before images. The newest news and the course have photographs."""
    responses: list[Response] = []
    complaints: list[str] = []
    reader.on("response", lambda response: responses.append(response))
    reader.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    reader.on("pageerror", lambda error: complaints.append(str(error)))
    reader.goto(demo_portal.address(language, name), wait_until="networkidle")
    scroll_to_the_end(reader)
    images = [r for r in responses if r.request.resource_type == "image"]
    # The icon of the window is one too, whatever the browser says.
    before = [r for r in responses if r not in images and "/icons/icon.svg" not in r.url]
    assert [r.url for r in responses if not r.url.startswith((demo_portal.url, "data:"))] == []
    assert [r.url for r in responses if r.status >= 400] == []
    assert complaints == []
    assert [r.url for r in responses if r.request.resource_type == "font"] == []
    assert [r.url for r in before if "content-encoding" not in r.headers] == []
    assert len(before) <= 5
    assert weight([r for r in before if r.request.resource_type == "script"]) <= 15_000
    assert weight(before) <= most * 1000
    assert weight(responses) <= 150_000
    if name != "search":
        assert any("/media/images/" in r.url for r in images)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["az", "ru"])
def test_nothing_jumps_while_a_page_comes_in_over_a_slow_line(
    demo_portal: DemoPortal, chromium: Browser, language: str, width: int
) -> None:
    shifts = {}
    with opened(chromium, width) as page:
        slow_line(page)
        watch_layout(page)
        for name, _most in FIRST_VIEWS:
            page.goto(demo_portal.address(language, name))
            scroll_to_the_end(page)
            shifts[name] = total_shift(page)
    assert {name: shift for name, shift in shifts.items() if shift > 0.02} == {}
