"""The system's Chromium, headless, driven by Playwright; CHROMIUM names another executable."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# No sandbox: CI runs as root in a container. The rest keeps it from calling its maker.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """Path of the browser, empty when there is none."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), "")


def why_not() -> str:
    """Empty when a browser can be had, otherwise what to do."""
    return "" if executable() else "no Chromium: sudo apt install chromium, or set CHROMIUM"


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A running browser."""
    # Playwright keeps an event loop in this thread; Django would refuse its own queries there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=list(_FLAGS))
        try:
            yield started
        finally:
            started.close()
