"""Changes reach the index on PostgreSQL as on SQLite."""

import pytest

from tests.search.test_outbox import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
