"""An installed portal with a demonstration LMS; the fixtures of enrolment serve here too."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.enrolment.conftest import *  # noqa: F403
from tests.services.installed_site import install_site


@pytest.fixture(autouse=True)
def portal(db):
    """Pages need index pages and a home."""
    cache.clear()
    install_site()


@pytest.fixture
def placed(person, run, ask, carrier):
    """The person has a place that the LMS has confirmed."""
    row = ask(person, run).enrolment
    carrier.work(10)
    row.refresh_from_db()
    assert row.is_confirmed
    return row


@pytest.fixture
def at_home(client, person):
    """The person, signed in."""
    client.force_login(person)
    return client
