"""The clock's jobs on PostgreSQL."""

import pytest

from tests.portal.test_schedule import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
