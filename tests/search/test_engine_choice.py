"""The settings choose the engine; the embedded copy answers only where it may."""

import socket

import pytest

from search.engine import EngineQuery, EngineUnavailable
from search.engines import get_engine
from search.engines.embedded import EmbeddedEngine
from search.engines.fallback import FallbackEngine
from tests.search.indexes import fill, forget
from tests.search.shelf import SHELF

QUESTION = EngineQuery(language="az")


@pytest.fixture
def nowhere():
    """An address where nothing answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def choose(settings, tmp_path):
    def chosen(url, fallback=True):
        settings.SEARCH = {
            "ELASTICSEARCH_URL": url,
            "INDEX_DIR": tmp_path / "copy",
            "INDEX_NAME": f"test-{tmp_path.name}".lower(),
            "FALLBACK": fallback,
        }
        return get_engine()

    return chosen


class Switchable:
    """An engine that can be switched off, and counts what it is asked."""

    def __init__(self, engine):
        self.engine, self.off, self.asked = engine, False, 0

    def __getattr__(self, name):
        self.asked += 1
        if self.off:
            raise EngineUnavailable("off")
        return getattr(self.engine, name)


@pytest.fixture
def pair(tmp_path):
    server = Switchable(EmbeddedEngine(tmp_path / "server"))
    copy = Switchable(EmbeddedEngine(tmp_path / "copy"))
    for index in (server, copy):
        fill(index, SHELF[:3])
    return FallbackEngine(server, copy), server, copy


def test_without_an_address_the_embedded_engine_is_used(choose):
    engine = choose("")
    assert isinstance(engine, EmbeddedEngine)
    assert choose("") is engine


def test_the_copy_answers_while_the_server_is_away(choose, nowhere):
    fill(choose(""), SHELF[:3])
    engine = choose(nowhere)
    assert engine.search(QUESTION).total == 3
    assert engine.count() == 3
    health = engine.health()
    assert health.ok
    assert health.degraded


def test_without_fallback_only_the_server_can_answer(choose, nowhere):
    fill(choose(""), SHELF[:3])
    engine = choose(nowhere, fallback=False)
    with pytest.raises(EngineUnavailable):
        engine.search(QUESTION)
    with pytest.raises(EngineUnavailable):
        engine.count()
    with pytest.raises(EngineUnavailable):
        engine.write(SHELF[:1], [])
    with pytest.raises(EngineUnavailable):
        engine.start_rebuild()
    assert not engine.health().ok


@pytest.mark.elasticsearch
def test_without_fallback_a_real_server_answers_from_its_own_index(choose, elasticsearch_url):
    fill(choose(""), SHELF[:3])
    engine = choose(elasticsearch_url, fallback=False)
    fill(engine, SHELF[:5])
    assert engine.search(QUESTION).total == 5
    forget(engine)


def test_a_server_that_failed_is_not_asked_again_at_once(pair):
    engine, server, _copy = pair
    server.off = True
    assert engine.search(QUESTION).total == 3
    asked = server.asked
    assert engine.search(QUESTION).total == 3
    assert server.asked == asked
