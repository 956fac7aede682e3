"""A demo portal for the whole session, and readers with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.services import demo_portal as service
from tests.services.demo_portal import DemoPortal


@pytest.fixture(scope="session")
def demo_portal() -> Iterator[DemoPortal]:
    """Its data are its own; nothing here touches the tests' database."""
    with service.demo_portal() as portal:
        yield portal


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Every test that asks for it runs twice: the portal is whole without scripts."""
    return request.param


@pytest.fixture
def reader(chromium: Browser, scripts: bool) -> Iterator[Page]:
    """A page at desktop width, with and without scripts."""
    with opened(chromium, 1280, scripts=scripts) as page:
        yield page


@contextmanager
def opened(
    chromium: Browser, width: int, scheme: str = "light", *, scripts: bool = True
) -> Iterator[Page]:
    """A page of that width whose reader prefers that colour scheme and no motion."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    yield context.new_page()
    context.close()
