"""Hostile addresses on PostgreSQL, which minds what SQLite lets pass."""

import pytest

from tests.portal.test_hostile_requests import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
