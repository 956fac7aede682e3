"""Many at the same moment: the database decides, and only one of them wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from catalog.connections.models import ConnectionState
from catalog.lms import Reason
from catalog.models import Course, LMSConnection
from catalog.sync.models import SyncRun
from catalog.sync.running import Busy, sync
from tests.sync import conftest as syncing
from tests.sync.test_signed_pushes import GOOD, body_of, secret, send

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
_english, policy, there = syncing._english, syncing.policy, syncing.there


def at_once(count: int, work: Callable[[], Any]) -> list[Any]:
    """``work()`` in so many threads, each with a connection of its own."""
    found = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_many_copies_of_a_push_one_is_taken(request):
    value = request.getfixturevalue("secret")
    told = {"now": time.time(), "nonce": "only-once-0123456789"}
    statuses = at_once(8, lambda: send(value, body_of(GOOD), **told).status_code)
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 401, 409}
    assert SyncRun.objects.count() == 1


def test_syncs_at_the_same_moment_write_each_course_once(request):
    stored = request.getfixturevalue("policy")

    def work() -> str:
        try:
            return sync(stored).state
        except Busy:
            return "busy"

    states = at_once(4, work)
    assert "done" in states
    assert set(states) <= {"done", "busy"}
    assert Course.objects.count() == syncing.COURSES


def test_one_request_alone_finds_out_whether_the_lms_is_well_again(request):
    stored = request.getfixturevalue("policy").connection
    lms = request.getfixturevalue("there")
    ConnectionState.objects.create(connection=stored, failures=9, resting_until=1.0)
    lms.faults.plan("gateway", times=-1)
    reasons = at_once(8, lambda: LMSConnection.objects.get().connector.get("2").reason)
    assert reasons.count(Reason.SERVER_ERROR) == 1
    assert reasons.count(Reason.RESTING) == 7
