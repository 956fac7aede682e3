"""The glossary's table on PostgreSQL."""

import pytest

from tests.concepts.test_glossary_table import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
