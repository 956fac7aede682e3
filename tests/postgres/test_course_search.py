"""The admin's search on PostgreSQL."""

import pytest

from tests.admin.conftest import *
from tests.admin.test_course_search import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
