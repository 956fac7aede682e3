"""Small things worth keeping for a while in this process: tokens, what a course looked like."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from .services import Clock

V = TypeVar("V")


class Memory(Generic[V]):
    """At most ``most`` values, each until its time is up; safe for threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[float, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, clock: Clock) -> V | None:
        """None when it was never kept or is too old."""
        with self._lock:
            until, value = self._kept.get(key, (0.0, None))
            return value if until > clock.now() else None

    def keep(self, key: Hashable, value: V, seconds: float, clock: Clock) -> V:
        """Keeps it for ``seconds`` and hands it back; the oldest makes room."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (clock.now() + seconds, value)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def forget(self, key: Hashable) -> None:
        """It was wrong."""
        with self._lock:
            self._kept.pop(key, None)
