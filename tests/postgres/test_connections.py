"""Connections and the LTI platform on PostgreSQL as on SQLite."""

import pytest

from tests.admin.conftest import academy, roles, sign_in
from tests.connections.conftest import _english, administrator, connect, there
from tests.connections.test_checks_and_faults import *
from tests.connections.test_lti_platform import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
