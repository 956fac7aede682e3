"""The embedded index survives killed writers, follows other processes and never mixes releases."""

import json
import subprocess
import sys

import pytest

from search.engine import EngineQuery, EngineUnavailable
from search.engines import embedded_writing
from search.engines.embedded import EmbeddedEngine
from tests.search.indexes import fill
from tests.search.shelf import SHELF

WRITING = """
import sys, time
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_writing import writer_of
from search.engines.embedded_schema import analyse, to_tantivy
from tests.search.shelf import SHELF
engine = EmbeddedEngine(sys.argv[1])
index = engine._index(engine.generations.current())
with writer_of(index, 32_000_000) as writer:
    writer.add_document(to_tantivy(analyse(SHELF[5])))
    print("ready", flush=True)
    time.sleep(60)
"""
REBUILDING = """
import sys, time
from search.engines.embedded import EmbeddedEngine
from tests.search.shelf import SHELF
rebuild = EmbeddedEngine(sys.argv[1]).start_rebuild()
rebuild.write(SHELF)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def engine(embedded):
    return fill(embedded, SHELF[:3])


@pytest.fixture
def process(engine, pytestconfig):
    """Starts a script that works on the engine's folder, up to the moment it says so."""
    started = []

    def start(script):
        made = subprocess.Popen(
            [sys.executable, "-c", script, str(engine.generations.root)],
            stdout=subprocess.PIPE,
            cwd=pytestconfig.rootpath,
        )
        started.append(made)
        assert made.stdout.readline() == b"ready\n"
        return made

    yield start
    for made in started:
        made.kill()
        made.wait()
        made.stdout.close()


def test_a_killed_writer_leaves_the_last_commit_and_frees_the_lock(engine, process, monkeypatch):
    monkeypatch.setattr(embedded_writing, "WRITER_WAIT_SECONDS", 0.2)
    writer = process(WRITING)
    with pytest.raises(EngineUnavailable):
        engine.write(SHELF[3:4], [])
    assert engine.count() == 3
    writer.kill()
    writer.wait()
    engine.write(SHELF[3:4], [])
    assert {hit.key for hit in engine.search(EngineQuery(language="az")).hits} == {
        document.key for document in SHELF[:4]
    }


def test_a_killed_rebuild_changes_nothing_and_is_cleared_away(engine, process):
    rebuilding = process(REBUILDING)
    with pytest.raises(EngineUnavailable):
        engine.start_rebuild()
    engine.write(SHELF[3:4], [])
    rebuilding.kill()
    rebuilding.wait()
    assert engine.count() == 4
    engine.start_rebuild().commit(0)
    engine.start_rebuild().abort()
    assert engine.count() == 0
    assert len(list(engine.generations.root.glob("index-*"))) == 1


def test_other_processes_see_a_commit_and_a_switch_with_their_next_search(engine):
    reader = EmbeddedEngine(engine.generations.root)
    assert reader.count() == 3
    engine.write(SHELF[3:4], [])
    assert reader.count() == 4
    fill(engine)
    assert reader.count() == len(SHELF)


def test_an_index_with_other_fields_is_refused_until_it_is_rebuilt(engine):
    signature = engine.generations.current() / "signature.json"
    signature.write_text(json.dumps(json.loads(signature.read_text()) | {"layout": 0}))
    later = EmbeddedEngine(engine.generations.root)
    with pytest.raises(EngineUnavailable):
        later.search(EngineQuery(language="az"))
    assert not later.health().ok
    fill(later)
    assert later.health().ok


@pytest.mark.parametrize("content", ["", "index-gone", "../.."])
def test_a_damaged_pointer_is_reported_and_repaired_by_a_rebuild(engine, content):
    (engine.generations.root / "current").write_text(content)
    with pytest.raises(EngineUnavailable):
        engine.search(EngineQuery(language="az"))
    assert not engine.health().ok
    fill(engine)
    assert engine.count() == len(SHELF)
