"""Engines for tests: the embedded one in a folder of its own, Elasticsearch under its own name."""

from __future__ import annotations

import uuid

import pytest

from search.engines.embedded import EmbeddedEngine
from tests.search.indexes import fill, forget


@pytest.fixture
def embedded(tmp_path):
    """An embedded engine without an index."""
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def empty_engine(request):
    """Each engine, without an index."""
    if request.param == "embedded":
        yield request.getfixturevalue("embedded")
        return
    from search.engines.elastic import ElasticEngine

    url = request.getfixturevalue("elasticsearch_url")
    engine = ElasticEngine(url, f"test-{uuid.uuid4().hex[:8]}")
    yield engine
    forget(engine)


@pytest.fixture(
    scope="module",
    params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)],
)
def engine(request, tmp_path_factory):
    """Each engine, holding the shelf; for tests that only read."""
    if request.param == "embedded":
        yield fill(EmbeddedEngine(tmp_path_factory.mktemp("index")))
        return
    from search.engines.elastic import ElasticEngine

    url = request.getfixturevalue("elasticsearch_url")
    made = ElasticEngine(url, f"test-{uuid.uuid4().hex[:8]}")
    yield fill(made)
    forget(made)
