"""Roles, and people who sign in."""

import pytest

from catalog.roles import install_roles
from tests import factories


@pytest.fixture
def roles(db):
    """The groups, their rights and the five languages."""
    for language in factories.LANGUAGES:
        factories.locale(language)
    install_roles()
