"""``/healthz`` and ``/readyz`` say which part fails and why, and never fail themselves."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.db import OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.utils import timezone

from portal import health
from portal.cache import ForgivingRedisCache
from search.models import OutboxEntry
from search.tasks import catch_up
from tests.services.process import free_port

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
    assert set(said) == {"database", "engine", "cache", "queue", "secrets"}
    assert status == 200, said


def test_a_broken_part_is_named_and_tells_no_secrets(client, monkeypatch):
    monkeypatch.setitem(health.PARTS, "database", refuse)
    status, said = parts(client)
    assert status == 503
    assert not said["database"]["ok"]
    assert "OperationalError" in said["database"]["detail"]
    assert "hunter2" not in said["database"]["detail"]
    assert said["cache"]["ok"]


def test_nothing_is_asked_of_a_database_that_does_not_answer(client, monkeypatch):
    monkeypatch.setitem(health.PARTS, "database", refuse)
    for name in health.NEED_DATABASE:
        monkeypatch.setitem(health.PARTS, name, lambda: pytest.fail("asked"))
    status, said = parts(client)
    assert status == 503
    assert "not asked" in said["engine"]["detail"]
    assert "not asked" in said["queue"]["detail"]


def test_a_database_that_takes_connections_and_never_answers_is_given_up():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        named = {"HOST": "127.0.0.1", "PORT": str(port), "NAME": "portal", "USER": "portal"}
        limits = {"OPTIONS": {"connect_timeout": 2}}
        wrapper = PostgresWrapper(connections.settings["default"] | named | limits, "hung")
        with pytest.raises(OperationalError):
            health._ask_database(wrapper)


def test_a_cache_that_is_away_takes_no_host_out(client, monkeypatch):
    away = ForgivingRedisCache(f"redis://:hunter2@127.0.0.1:{free_port()}/0", {})
    monkeypatch.setattr(health, "cache", away)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert "redis does not answer" in answer.json()["parts"]["cache"]["detail"]
    assert "hunter2" not in answer.content.decode()


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
