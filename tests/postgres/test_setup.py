"""Setting up a portal on PostgreSQL."""

import pytest

from tests.portal.test_setup import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
