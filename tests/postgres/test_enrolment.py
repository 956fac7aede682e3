"""Enrolment on PostgreSQL, where requests and workers really run side by side."""

import pytest

from tests.enrolment.conftest import *
from tests.enrolment.conftest import _english, _forgetful
from tests.enrolment.racing import ROUNDS, race
from tests.enrolment.test_carrying import *
from tests.enrolment.test_requesting import *

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once_however_many_ask_at_once(run_of, settings):
    assert race(run_of, settings, ROUNDS) == [(1, 1)] * ROUNDS
