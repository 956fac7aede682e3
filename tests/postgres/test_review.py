"""The review on PostgreSQL."""

import pytest

from tests.admin.conftest import *
from tests.admin.test_review import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
