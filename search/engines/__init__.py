"""The engines behind the contract, and which one the settings choose."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from search.engine import Engine, Index

from .embedded import EmbeddedEngine
from .fallback import FallbackEngine


def get_engine() -> Engine:
    """The engine that ``settings.SEARCH`` names now.

    Without ELASTICSEARCH_URL the embedded one; with it Elasticsearch, backed by the embedded copy
    if FALLBACK is true.
    """
    options = settings.SEARCH
    return _engine(
        options["ELASTICSEARCH_URL"],
        options["INDEX_NAME"],
        str(options["INDEX_DIR"]),
        bool(options["FALLBACK"]),
    )


def get_indexes() -> tuple[Index, ...]:
    """The indexes that this host keeps up to date, the one that answers first."""
    engine = get_engine()
    return (engine.server, engine.copy) if isinstance(engine, FallbackEngine) else (engine,)


@lru_cache(maxsize=8)
def _engine(url: str, name: str, directory: str, fallback: bool) -> Engine:
    embedded = EmbeddedEngine(directory)
    if not url:
        return embedded
    # The client is loaded only where a server is used.
    from .elastic import ElasticEngine

    server = ElasticEngine(url, name)
    return FallbackEngine(server, embedded) if fallback else server
