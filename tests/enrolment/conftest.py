"""What the tests of enrolment share: a demonstration LMS, courses that lead to it, a worker."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from catalog.enrolment.carrying import Carrier
from catalog.enrolment.outcomes import Policy
from catalog.enrolment.requesting import request_place
from catalog.models import CourseRun, LMSConnection
from catalog.people.models import User
from portal.demo.lms_server import fixtures
from portal.demo.lms_server.openedx_site import EdxSite
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Site
from tests import factories
from tests.lms.conftest import _forgetful as _forgetful


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = field(default_factory=lambda: timezone.now() + timedelta(minutes=1))

    def __call__(self) -> datetime:
        return self.now

    def on(self, **delta: float) -> None:
        """Time passes."""
        self.now += timedelta(**delta)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def there() -> Iterator[Application]:
    """The LMS: one course for each rule of Moodle."""
    application = Application(fixtures.rules(Site()), fixtures.openedx(EdxSite()))
    with running(application):
        yield application


@pytest.fixture
def connection(there: Application, settings) -> LMSConnection:
    """That LMS as the portal knows it."""
    settings.LMS_PRIVATE_HOSTS = ["127.0.0.1"]
    options = {"url": there.site.root, "token": fixtures.TOKEN, "rate": "60000"}
    return factories.make_connection(code="moodle", kind="moodle", options=options)


@pytest.fixture
def run_of(connection: LMSConnection) -> Callable[..., CourseRun]:
    """Makes an open run of a course for everyone that the LMS knows by ``key``."""

    def make(key: str = "SELF-OPEN", *, course: dict | None = None, **values) -> CourseRun:
        facts = {"audience": "everyone", "lms": connection, "lms_key": key} | (course or {})
        title = facts.pop("title", f"Course {key}")
        return factories.make_run(factories.make_course({"en": title}, **facts), **values)

    return make


@pytest.fixture
def run(run_of: Callable[..., CourseRun]) -> CourseRun:
    """An open run with twenty seats."""
    return run_of()


@pytest.fixture
def person() -> User:
    """A learner."""
    return factories.make_user(language="en")


@pytest.fixture
def ask() -> Callable:
    """Asks for a place; returns the answer."""

    def ask(person: User, run: CourseRun, **more):
        return request_place(person, run.pk, language="en", **more)

    return ask


@pytest.fixture
def clock() -> Clock:
    """A minute ahead of what is asked for, until it is moved."""
    return Clock()


@pytest.fixture
def carrier(clock: Clock) -> Carrier:
    """A worker by that clock, with a seeded dice."""
    return Carrier(Policy(), clock, random.Random(1))
