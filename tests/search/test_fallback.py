"""Elasticsearch hangs, is wiped or dies while the portal searches: the embedded index answers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
import uuid

import pytest
from elasticsearch import Elasticsearch

from search import upkeep
from search.engine import EngineQuery
from search.engines import fallback, get_engine, get_indexes
from search.rebuild import rebuild
from search.upkeep import catch_up
from tests.factories import bulk_courses, make_course
from tests.services import elasticsearch as elasticsearch_service
from tests.services.process import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

EVERYTHING = EngineQuery(language="az", types=("course",), limit=200)


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(port):
    """A server that only these tests use, since they stop it: its address and its process."""
    with elasticsearch_service.own_process(port) as (url, process):
        yield url, process


@pytest.fixture
def portal(server, settings, tmp_path, monkeypatch):
    """The two indexes of a portal on that server, both holding its four courses."""
    settings.SEARCH = settings.SEARCH | {
        "ELASTICSEARCH_URL": server[0],
        "INDEX_DIR": tmp_path / "search",
        "INDEX_NAME": f"test-{uuid.uuid4().hex[:8]}",
        "FALLBACK": True,
    }
    monkeypatch.setattr(fallback, "REST_SECONDS", 0.1)
    monkeypatch.setattr(upkeep, "_checked", set())
    bulk_courses(4)
    rebuild()
    return get_indexes()


@contextlib.contextmanager
def paused(process):
    """It accepts connections but answers nothing."""
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGCONT)


def found() -> int:
    return get_engine().search(EVERYTHING).total


def assert_both_are_whole(portal, count: int) -> None:
    """After at most a few rounds of the worker."""
    for _round in range(20):
        catch_up()
        if not upkeep.health().degraded and upkeep.waiting_since() is None:
            break
        time.sleep(0.5)
    time.sleep(fallback.REST_SECONDS)
    assert [index.search(EVERYTHING).total for index in portal] == [count, count]
    assert found() == count
    assert not upkeep.health().degraded
    assert not get_engine()._failed
    assert upkeep.waiting_since() is None


def test_a_server_that_hangs_is_stood_in_for_and_gets_what_it_missed(
    portal, server, client, caplog
):
    with paused(server[1]):
        assert found() == 4
        make_course({"az": "Bu arada"})
        catch_up()
        assert found() == 5
        assert "The embedded search index answers" in caplog.text
        answer = client.get("/readyz")
        assert answer.status_code == 200
        said = json.loads(answer.content)
        assert said["status"] == "degraded"
        assert said["parts"]["engine"]["degraded"]
        assert client.get("/az/search/?q=kurs").status_code == 200
    assert_both_are_whole(portal, 5)
    assert "The search server answers again" in caplog.text
    assert client.get("/readyz").json()["status"] == "ok"


def test_a_server_that_was_wiped_is_stood_in_for_and_filled_again(portal, server):
    raw = Elasticsearch(server[0])
    for name in raw.indices.get(index="test-*"):
        raw.indices.delete(index=name)
    assert found() == 4
    make_course({"az": "Bu arada"})
    assert upkeep.health().degraded
    assert_both_are_whole(portal, 5)


def test_a_wiped_server_is_not_written_to_as_if_it_had_everything(portal, server):
    raw = Elasticsearch(server[0])
    live = next(iter(raw.indices.get_alias(name=portal[0].name)))
    raw.indices.delete(index=live)
    make_course({"az": "Bu arada"})
    catch_up()
    assert live not in raw.indices.get(index="*")
    assert_both_are_whole(portal, 5)


def test_a_server_that_lost_documents_is_filled_again(portal, server):
    raw = Elasticsearch(server[0])
    raw.delete_by_query(index=portal[0].name, query={"match_all": {}}, refresh=True)
    make_course({"az": "Bu arada"})
    catch_up()
    assert_both_are_whole(portal, 5)


def test_a_server_that_dies_and_comes_back_empty_is_filled_again(portal, server, port, caplog):
    os.killpg(server[1].pid, signal.SIGKILL)
    server[1].wait()
    assert found() == 4
    make_course({"az": "Bu arada"})
    catch_up()
    assert found() == 5
    assert upkeep.health().degraded
    assert "Changes wait for the search index" in caplog.text
    with elasticsearch_service.own_process(port):
        assert_both_are_whole(portal, 5)
