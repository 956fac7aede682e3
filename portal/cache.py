"""Redis as a cache whose absence costs time but no answer: reads find nothing, writes are lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's own backend; what goes wrong with the server goes to the log."""

    def add(self, key: str, *args: Any, **kwargs: Any) -> bool:
        """True as for a new key."""
        return _tried(True, super().add, key, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The default as for an unknown key."""
        return _tried(default, super().get, key, default, version)

    def set(self, key: str, *args: Any, **kwargs: Any) -> None:
        """Nothing is kept."""
        _tried(None, super().set, key, *args, **kwargs)

    def touch(self, key: str, *args: Any, **kwargs: Any) -> bool:
        """False as for an unknown key."""
        return _tried(False, super().touch, key, *args, **kwargs)

    def delete(self, key: str, version: int | None = None) -> bool:
        """False as for an unknown key."""
        return _tried(False, super().delete, key, version)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Nothing as for unknown keys."""
        return _tried({}, super().get_many, keys, version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        """False as for an unknown key."""
        return _tried(False, super().has_key, key, version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """ValueError as for an unknown key."""
        if (number := _tried(None, super().incr, key, delta, version)) is None:
            raise ValueError(f"Key '{key}' not found")
        return number

    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> list[str]:
        """All keys: none was kept."""
        return _tried(list(data), super().set_many, data, *args, **kwargs)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        """Nothing was there."""
        _tried(None, super().delete_many, keys, version)

    def clear(self) -> bool:
        """False: who knows what is there."""
        return _tried(False, super().clear)

    def ping(self) -> None:
        """RedisError while the server does not answer."""
        self._cache.get_client().ping()


def _tried(lost: Any, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return method(*args, **kwargs)
    except RedisError as problem:
        logger.warning("The cache does not answer: %s", type(problem).__name__)
        return lost
