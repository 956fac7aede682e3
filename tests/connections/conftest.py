"""A demonstration LMS, connections to it in the database, and people who may manage them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from catalog.models import LMSConnection
from portal.demo.lms_server import fixtures
from portal.demo.lms_server.openedx_site import EdxSite
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Site
from tests.admin.conftest import academy, roles, sign_in

__all__ = ["academy", "roles", "sign_in"]


@pytest.fixture(autouse=True)
def _english(settings) -> Iterator[None]:
    settings.LMS_PRIVATE_HOSTS = ["127.0.0.1"]
    with translation.override("en"):
        yield


@pytest.fixture
def there() -> Iterator[Application]:
    """The LMS: one course for each rule of Moodle, three courses of Open edX."""
    with running(Application(fixtures.rules(Site()), fixtures.openedx(EdxSite()))) as application:
        yield application


@pytest.fixture
def administrator(roles, sign_in) -> Client:
    """Somebody who may, reading English."""
    client = sign_in("administrator")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def connect(there: Application, db) -> Callable[..., LMSConnection]:
    """Stores a Moodle connection to it, with other options if wanted."""

    def make(code: str = "moodle", **options: str) -> LMSConnection:
        usual = {"url": there.site.root, "token": fixtures.TOKEN, "rate": "60000"}
        made = LMSConnection(code=code, name={"en": "Moodle"}, kind="moodle")
        made.set_options(usual | options)
        made.save()
        return made

    return make
