"""Catalogues of LMSs are read and pushed on PostgreSQL as on SQLite."""

import pytest

from tests.admin.conftest import academy, roles, sign_in
from tests.sync.conftest import _english, change, policy, there
from tests.sync.test_reading_the_catalogue import *
from tests.sync.test_signed_pushes import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
