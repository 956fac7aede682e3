"""A server that answers searches, and the embedded index that does while the server does not."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from search.engine import (
    Candidate,
    EngineHealth,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Index,
    Named,
    Near,
    TextQuery,
)

logger = logging.getLogger(__name__)

# How long a server that failed is left alone, so that not every search waits for its time-out.
REST_SECONDS = 5.0
Answer = TypeVar("Answer")


class FallbackEngine:
    """Asks ``server``; while that is unavailable, ``copy`` answers. Each is written by itself."""

    def __init__(self, server: Index, copy: Index) -> None:
        self.server, self.copy = server, copy
        self._lock = threading.Lock()
        self._failed = False
        self._resting_until = 0.0

    def search(self, query: EngineQuery) -> EngineResult:
        """The server's answer, else the copy's."""
        return self._either(lambda engine: engine.search(query))

    def matches(self, texts: Sequence[TextQuery], types: tuple[str, ...]) -> list[int]:
        """The server's counts, else the copy's."""
        return self._either(lambda engine: engine.matches(texts, types))

    def similar(self, words: Sequence[str], stems: Sequence[str]) -> list[list[Candidate]]:
        """The server's words, else the copy's."""
        return self._either(lambda engine: engine.similar(words, stems))

    def named(self, words: Sequence[str], language: str, limit: int) -> list[Named]:
        """The server's titles, else the copy's."""
        return self._either(lambda engine: engine.named(words, language, limit))

    def nearest(
        self, vector: Sequence[float], version: str, types: tuple[str, ...], limit: int
    ) -> list[Near]:
        """The server's neighbours, else the copy's."""
        return self._either(lambda engine: engine.nearest(vector, version, types, limit))

    def count(self) -> int:
        """Documents in the engine that answers."""
        return self._either(lambda engine: engine.count())

    def health(self) -> EngineHealth:
        """Well while one of the two is; degraded unless both are."""
        server, copy = self.server.health(), self.copy.health()
        detail = f"{server.detail}; fallback {copy.detail}"
        return EngineHealth(server.ok or copy.ok, detail, degraded=not (server.ok and copy.ok))

    def _either(self, ask: Callable[[Index], Answer]) -> Answer:
        if self._may_ask_server():
            try:
                answer = ask(self.server)
            except EngineUnavailable as error:
                self._failed = True
                self._resting_until = time.monotonic() + REST_SECONDS
                logger.warning("The embedded search index answers: %s", error)
            else:
                self._recovered()
                return answer
        return ask(self.copy)

    def _may_ask_server(self) -> bool:
        """Always while it is well; one search every few seconds after it has failed."""
        with self._lock:
            if not self._failed:
                return True
            if time.monotonic() < self._resting_until:
                return False
            # Others need not wait for the time-out of this attempt.
            self._resting_until = time.monotonic() + REST_SECONDS
            return True

    def _recovered(self) -> None:
        if self._failed:
            self._failed, self._resting_until = False, 0.0
            logger.warning("The search server answers again.")
