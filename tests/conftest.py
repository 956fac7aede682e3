"""Fixtures for all tests; tests whose service is missing are left out and named, never skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.utils.translation.reloader import translation_file_changed

from portal.installation.catalogues import compile_catalogues
from tests.services import chromium as chromium_service
from tests.services import elasticsearch as elasticsearch_service
from tests.services import html_checker
from tests.services import postgres as postgres_service
from tests.services import redis as redis_service
from tests.services.installed_site import forget, keep_site
from tests.services.portal_copy import PortalCopy, copy_database, keep_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _why_no_postgres() -> str:
    if django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return ""
    return postgres_service.why_not() or "the tests run on SQLite now: make test SUITE=postgres"


_SERVICES: dict[str, Callable[[], str]] = {
    "postgres": _why_no_postgres,
    "elasticsearch": elasticsearch_service.why_not,
    "redis": redis_service.why_not,
    "browser": chromium_service.why_not,
    "html": html_checker.why_not,
}
_left_out = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Translations are tested too, so they are compiled first."""
    config.stash[_left_out] = []
    for catalogue in compile_catalogues():
        # Django has read its translations already; this is how its own reloader forgets them.
        translation_file_changed(None, catalogue)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out tests whose service this machine lacks; the summary says which and why."""
    for marker, why_not in _SERVICES.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        if not marked or not (reason := why_not()):
            continue
        config.hook.pytest_deselected(items=marked)
        items[:] = [item for item in items if item not in set(marked)]
        config.stash[_left_out].append(f"{len(marked)} tests marked {marker}: {reason}")


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """``make test`` repeats these lines as its last."""
    for line in config.stash[_left_out]:
        terminalreporter.write_line(f"left out: {line}")


@pytest.fixture(autouse=True)
def _nothing_kept_from_other_tests() -> None:
    """Each test has a database of its own, whose version numbers other tests had before."""
    forget()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """The database as migrations leave it, kept in a file before any test empties a table."""
    with django_db_blocker.unblock():
        keep_site()
        if django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
            return None
        return keep_database(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def portal_copy(tmp_path: Path, django_db_setup: Path) -> PortalCopy:
    """An empty portal on SQLite in a folder of its own, for tests that start processes."""
    return copy_database(django_db_setup, tmp_path / "portal")


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The PostgreSQL server that the tests marked ``postgres`` run on."""
    return os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A real Elasticsearch server."""
    with elasticsearch_service.server() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis server."""
    with redis_service.server() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running headless browser."""
    with chromium_service.browser() as browser:
        yield browser


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A page at desktop width in a fresh profile; ``set_viewport_size`` makes it a phone's."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="az-AZ")
    page = context.new_page()
    yield page
    context.close()
