"""``make paint``: largest paint and layout shift of the main pages on a slow line and processor."""

from __future__ import annotations

import sys
import urllib.request

from playwright.sync_api import Browser

from tests.browser.slow import largest_paint, slow_line, total_shift, watch_layout
from tests.services.chromium import browser, why_not
from tests.services.demo_portal import DemoPortal, demo_portal

PAGES, LANGUAGES = ("home", "search", "course"), ("az", "ru")
WIDTHS = {"phone": (360, 740), "desk": (1280, 900)}
# Seconds until the largest paint, and how much may jump.
LATEST, MOST_SHIFT = 3.0, 0.02


def main() -> int:
    """Print one line for each page; 1 when a bound is broken."""
    if problem := why_not():
        print(problem)
        return 1
    with demo_portal() as portal, browser() as chromium:
        rows = [
            (language, name, width, *_seen(chromium, portal, language, name, size))
            for language in LANGUAGES
            for name in PAGES
            for width, size in WIDTHS.items()
        ]
    print(f"{'page':<24}{'largest paint':>14}{'shift':>8}")
    for language, name, width, paint, shift in rows:
        print(f"{f'{language} {name} {width}':<24}{paint:>12.2f} s{shift:>8.3f}")
    return int(any(paint > LATEST or shift > MOST_SHIFT for *_page, paint, shift in rows))


def _seen(
    chromium: Browser, portal: DemoPortal, language: str, name: str, size: tuple[int, int]
) -> tuple[float, float]:
    """Seconds until the largest paint and the shift, as a first visitor sees them.

    The server has made the page once before: this is about the line and the reader's machine.
    """
    urllib.request.urlopen(portal.address(language, name)).close()
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    slow_line(page)
    watch_layout(page)
    page.goto(portal.address(language, name), wait_until="networkidle")
    seen = largest_paint(page), total_shift(page)
    context.close()
    return seen


if __name__ == "__main__":
    sys.exit(main())
