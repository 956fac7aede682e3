"""A line of 400 kbit/s and a processor four times slower, and what a reader sees on them."""

from __future__ import annotations

from playwright.sync_api import Page

BYTES_A_SECOND, DELAY_MS, SLOWER = 400_000 / 8, 100, 4

_WATCH = """
window.seen = {shift: 0, paint: 0};
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) seen.paint = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""


def slow_line(page: Page) -> None:
    """From now on the page comes in slowly, and nothing of it is in the browser's cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": DELAY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def watch_layout(page: Page) -> None:
    """Every page opened from now on keeps account of what jumps and of its largest paint."""
    page.add_init_script(_WATCH)


def total_shift(page: Page) -> float:
    """How much has jumped since the page was opened."""
    return page.evaluate("seen.shift")


def largest_paint(page: Page) -> float:
    """Seconds until the largest piece of the first view was painted."""
    # The browser tells a little after it has painted; the page's policy forbids waiting in it.
    for _time in range(50):
        if seconds := page.evaluate("seen.paint") / 1000:
            return seconds
        page.wait_for_timeout(100)
    raise AssertionError(f"Nothing was painted on {page.url}")
