"""What the tests of connectors share: a demonstration LMS and connectors that speak to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from catalog import lms
from catalog.lms import pace
from catalog.lms.lti import keys
from catalog.lms.moodle import courses
from catalog.lms.openedx import api, enrolment
from portal.demo.lms_server import fixtures
from portal.demo.lms_server.openedx_site import EdxSite
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Site, User

SERVICES = lms.Services(private_hosts=frozenset({"127.0.0.1"}))


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    """Ports are used again: nothing of another test's LMS may be remembered."""
    pace._paces.clear()
    for memory in (enrolment._versions, api._tokens, courses._known, keys._kept, keys._asked):
        memory._kept.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def there() -> Iterator[Application]:
    """The LMS: one course for each rule of Moodle, three courses of Open edX."""
    application = Application(fixtures.rules(Site()), fixtures.openedx(EdxSite()))
    with running(application):
        yield application


@pytest.fixture
def moodle(there: Application) -> Callable[..., lms.Connector]:
    """Makes a connector to the LMS as a Moodle, with other options if wanted."""

    def make(**options: str) -> lms.Connector:
        usual = {"url": there.site.root, "token": fixtures.TOKEN, "rate": "60000"}
        return lms.connector("moodle", usual | options, SERVICES)

    return make


@pytest.fixture
def learner(there: Application) -> User:
    """A person who has an account there."""
    return there.site.add_user("p1", first_name="Aynur", last_name="Əliyeva", email="a@gov.example")


@pytest.fixture
def account(learner: User) -> lms.Account:
    """The learner as the portal knows them."""
    return lms.Account(str(learner.number), learner.username)
