"""The training framework on PostgreSQL."""

import pytest

from tests.public.test_framework import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
