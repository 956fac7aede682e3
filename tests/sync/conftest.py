"""An LMS with courses, and the policy by which they come into the catalogue."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.utils import translation

from catalog.models import LMSConnection
from catalog.sync.locking import only_sync
from catalog.sync.models import SyncPolicy
from portal.demo.lms_server import fixtures
from portal.demo.lms_server.openedx_site import EdxSite
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Course, Site, Token
from tests import factories
from tests.admin.conftest import academy, roles, sign_in

__all__ = ["academy", "roles", "sign_in"]
COURSES = 30


@pytest.fixture(autouse=True)
def _english(settings) -> Iterator[None]:
    settings.LMS_PRIVATE_HOSTS = ["127.0.0.1"]
    with translation.override("en"):
        yield


@pytest.fixture
def there() -> Iterator[Application]:
    """An LMS with ``COURSES`` courses in three categories."""
    site = Site()
    site.categories |= {1: ("Law", 0), 2: ("Public", 1), 3: ("Health", 0)}
    site.tokens[fixtures.TOKEN] = Token()
    for number in range(2, COURSES + 2):
        site.add_course(
            Course(
                number,
                f"C-{number}",
                f"Kurs {number}",
                category=number % 3 + 1,
                summary=f"<p>Birinci {number}.</p><p>İkinci <b>abzas</b>.</p>",
                lang="az",
                starts=1_760_000_000,
            )
        )
    with running(Application(site, fixtures.openedx(EdxSite()))) as application:
        yield application


@pytest.fixture
def policy(there: Application, db) -> SyncPolicy:
    """Publishes at once."""
    for language in factories.LANGUAGES:
        factories.locale(language)
    connection = LMSConnection(code="moodle", name={"en": "Moodle"}, kind="moodle")
    options = {"url": there.site.root, "token": fixtures.TOKEN, "rate": "60000"}
    connection.set_options(options)
    connection.save()
    return SyncPolicy.objects.create(
        connection=connection,
        provider=factories.make_provider("moodle-academy"),
        arrival=SyncPolicy.Arrival.PUBLISH,
    )


@pytest.fixture
def change(there: Application) -> Callable[..., None]:
    """Changes a course in the LMS."""

    def change(number: int, **values: object) -> None:
        for name, value in values.items():
            setattr(there.site.courses[number], name, value)

    return change


@contextlib.contextmanager
def another_sync(policy: SyncPolicy) -> Iterator[None]:
    """Somebody else, with a connection of their own, is reading that LMS."""
    begun, over = threading.Event(), threading.Event()

    def hold() -> None:
        with only_sync(policy.connection_id) as is_ours:
            assert is_ours
            begun.set()
            over.wait(60)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(60)
    try:
        yield
    finally:
        over.set()
        thread.join(60)
