"""A server engine with an embedded copy that answers while the server does not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from search.engine import (
    Candidate,
    Document,
    Engine,
    EngineHealth,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Named,
    Rebuild,
    TextQuery,
)

logger = logging.getLogger(__name__)

# How long a server that failed is left alone, so that not every search waits for its time-out.
REST_SECONDS = 5.0
Answer = TypeVar("Answer")


class FallbackEngine:
    """Asks ``server``; while that is unavailable, ``copy`` answers. Both are written."""

    def __init__(self, server: Engine, copy: Engine) -> None:
        self.server, self.copy = server, copy
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

    def count(self) -> int:
        """Documents in the engine that answers."""
        return self._either(lambda engine: engine.count())

    def write(self, documents: Iterable[Document], deletes: Iterable[str]) -> None:
        """Write both; the change is safe once the server has it."""
        documents, deletes = list(documents), list(deletes)
        try:
            self.copy.write(documents, deletes)
        except EngineUnavailable as error:
            logger.warning("The embedded copy of the search index missed a change: %s", error)
        self.server.write(documents, deletes)

    def health(self) -> EngineHealth:
        """As well as the server; what the copy says is added."""
        server, copy = self.server.health(), self.copy.health()
        return EngineHealth(server.ok, f"{server.detail}; fallback {copy.detail}")

    def start_rebuild(self) -> Rebuild:
        """Rebuild both together."""
        server = self.server.start_rebuild()
        try:
            return _BothRebuilds(server, self.copy.start_rebuild())
        except BaseException:
            server.abort()
            raise

    def _either(self, ask: Callable[[Engine], Answer]) -> Answer:
        if time.monotonic() >= self._resting_until:
            try:
                return ask(self.server)
            except EngineUnavailable as error:
                logger.warning("The embedded copy answers: %s", error)
                self._resting_until = time.monotonic() + REST_SECONDS
        return ask(self.copy)


class _BothRebuilds:
    """Two rebuilds written alike."""

    def __init__(self, server: Rebuild, copy: Rebuild) -> None:
        self._both = (server, copy)

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents to both."""
        documents = list(documents)
        for rebuild in self._both:
            rebuild.write(documents)

    def commit(self) -> None:
        """Switch both."""
        for rebuild in self._both:
            rebuild.commit()

    def abort(self) -> None:
        """Throw away what is not live yet."""
        for rebuild in self._both:
            rebuild.abort()
