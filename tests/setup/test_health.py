"""``/healthz`` and ``/readyz`` say which part fails and why, and never fail themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from portal import health
from search.models import OutboxEntry
from search.tasks import catch_up

pytestmark = pytest.mark.django_db


def refuse():
    raise OperationalError("connection to 10.0.0.7 with password hunter2 failed")


@pytest.fixture(autouse=True)
def _index(settings, tmp_path):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    OutboxEntry.objects.create(key="course:999999")
    catch_up()


def parts(client) -> tuple[int, dict]:
    answer = client.get("/readyz")
    assert answer["Content-Type"] == "application/json"
    return answer.status_code, answer.json()["parts"]


def test_a_portal_that_lives_says_so_whatever_else_fails(client, monkeypatch):
    monkeypatch.setattr(health, "PARTS", {"database": refuse})
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_all_parts_are_named_when_all_is_well(client):
    status, said = parts(client)
    assert set(said) == {"database", "engine", "queue"}
    assert status == 200, said


def test_a_broken_part_is_named_and_tells_no_secrets(client, monkeypatch):
    monkeypatch.setitem(health.PARTS, "database", refuse)
    status, said = parts(client)
    assert status == 503
    assert not said["database"]["ok"]
    assert "OperationalError" in said["database"]["detail"]
    assert "hunter2" not in said["database"]["detail"]
    assert said["queue"]["ok"]


def test_an_index_that_cannot_answer_is_named(client, settings, tmp_path):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "nothing"}
    status, said = parts(client)
    assert status == 503
    assert not said["engine"]["ok"]


def test_a_change_that_nobody_works_off_is_named(client):
    OutboxEntry.objects.create(key="course:1", created_at=timezone.now() - timedelta(minutes=12))
    status, said = parts(client)
    assert status == 503
    assert "has waited 12 minutes: is a worker running?" in said["queue"]["detail"]
