"""People and rows that the tests of the admin share."""

import pytest

from catalog.roles import install_roles
from tests import factories
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff


@pytest.fixture
def roles(db):
    """The groups, their rights, the review and the five languages."""
    for language in factories.LANGUAGES:
        factories.locale(language)
    install_roles()


@pytest.fixture
def portal(db):
    """An empty portal as ``manage.py setup`` makes it: pages, languages, groups, review."""
    install_site()


@pytest.fixture
def academy(roles):
    """A provider."""
    return factories.make_provider("academy")


@pytest.fixture
def institute(roles):
    """Another provider."""
    return factories.make_provider("institute")


@pytest.fixture
def sign_in(client):
    """``sign_in(role, provider)``: the client, signed in as a new person of that role."""

    def sign_in(role, provider=None, **kwargs):
        client.person = factories.make_user(role, provider, **kwargs)
        sign_in_as_staff(client, client.person)
        return client

    return sign_in
