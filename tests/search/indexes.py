"""Fills an engine with the shelf, and clears up after one on a server."""

from __future__ import annotations

from tests.search.shelf import SHELF


def fill(engine, documents=SHELF):
    """The engine, holding these documents and nothing else."""
    build = engine.start_rebuild()
    build.write(documents)
    build.commit(len(documents))
    return engine


def forget(engine) -> None:
    """Remove every index of an Elasticsearch engine."""
    for name in engine._client.indices.get(index=f"{engine.name}--*"):
        engine._client.indices.delete(index=name)
