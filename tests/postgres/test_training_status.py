"""The figures of the training status on PostgreSQL."""

import pytest

from tests.public.test_training_status import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
