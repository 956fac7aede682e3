"""While the cache's server is away or hangs, callers see an empty cache and no error."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from redis.exceptions import RedisError

from portal.cache import ForgivingRedisCache
from tests.services.process import free_port

LIMITS = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}


@pytest.fixture(params=["refuses", "hangs"])
def away(request) -> Iterator[ForgivingRedisCache]:
    """A cache at an address that refuses connections, or takes them and never answers."""
    with socket.socket() as listener:
        port = free_port()
        if request.param == "hangs":
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            port = listener.getsockname()[1]
        yield ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", {"OPTIONS": LIMITS})


def test_reads_find_nothing(away):
    assert away.get("page") is None
    assert away.get("page", "else") == "else"
    assert away.get_many(["page"]) == {}
    assert "page" not in away
    assert away.get_or_set("page", lambda: "made anew") == "made anew"


def test_writes_are_lost_without_a_word(away):
    assert away.set("page", 1, 60) is None
    assert away.set_many({"page": 1}) == ["page"]
    assert away.delete("page") is False
    assert away.touch("page") is False
    assert away.clear() is False
    away.delete_many(["page"])


def test_counting_is_as_for_a_key_that_was_pushed_out(away):
    assert away.add("count", 0)
    with pytest.raises(ValueError):
        away.incr("count")


def test_who_asks_for_the_server_itself_is_told(away):
    with pytest.raises(RedisError):
        away.ping()


@pytest.mark.redis
def test_a_server_that_is_there_keeps_things(redis_url):
    cache = ForgivingRedisCache(redis_url, {"OPTIONS": LIMITS})
    cache.ping()
    assert cache.add("count", 0, 60)
    assert cache.incr("count") == 1
    cache.set_many({"page": "kept"})
    assert cache.get("page") == "kept"
    assert cache.delete("page")
