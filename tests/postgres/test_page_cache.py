"""Kept pages on PostgreSQL."""

import pytest

from tests.portal.test_page_cache import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
