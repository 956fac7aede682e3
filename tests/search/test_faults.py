"""Killed at any moment, two at once, on a full disk: nothing is lost and nothing wrong is found."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time

import pytest
from tantivy import Query

from search import engines, upkeep
from search.engine import EngineQuery, EngineUnavailable
from search.engines import get_engine
from search.engines.embedded import EmbeddedEngine
from tests.factories import make_course
from tests.services.portal_copy import ROOT, PortalCopy

MOMENTS = 100
PUBLIC = """
SELECT 'course:' || course.id, text.title FROM catalog_course AS course
JOIN catalog_coursetext AS text ON text.course_id = course.id AND text.live
WHERE course.withdrawn_at IS NULL
"""
WAITING = "SELECT consumer, key FROM search_outboxentry"


class Shelf:
    """What stands in the tables of a portal, and what its index answers."""

    def __init__(self, portal: PortalCopy) -> None:
        self.portal = portal
        self.engine = EmbeddedEngine(portal.folder / "search")

    def public(self) -> dict[str, str]:
        """Titles by key, recounted from the tables."""
        return dict(self.portal.rows(PUBLIC))

    def indexed(self) -> dict[str, str]:
        """Titles by key, of every document of a course that a search can find."""
        searcher = self.engine._searcher()
        found = searcher.search(Query.all_query(), max(1, searcher.num_docs)).hits
        documents = [searcher.doc(address) for _score, address in found]
        titles = {d["key"][0]: json.loads(d["stored"][0])["titles"]["az"] for d in documents}
        assert len(titles) == len(documents), "a document is there twice"
        return {key: title for key, title in titles.items() if key.startswith("course:")}

    def waiting(self) -> set[str]:
        """Keys that the live index still gets."""
        mine = {"main", self.engine.live()}
        return {key for consumer, key in self.portal.rows(WAITING) if consumer in mine}

    def assert_nothing_is_lost(self) -> None:
        """Whatever the index has otherwise than the tables waits to be written."""
        # In this order: what is written between two looks was waiting at the first one.
        waiting, public, indexed = self.waiting(), self.public(), self.indexed()
        differ = {key for key in public | indexed if public.get(key) != indexed.get(key)}
        assert differ <= waiting


@pytest.fixture
def shelf(portal_copy) -> Shelf:
    return Shelf(portal_copy)


@pytest.fixture
def run(portal_copy):
    """Runs jobs of ``mortal`` at once and says how each ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.search.mortal"],
        cwd=ROOT,
        env=portal_copy.variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def jobs(*wanted):
        process.stdin.write(json.dumps(wanted) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield jobs
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


def seconds(run, what: str) -> float:
    began = time.monotonic()
    assert run((what, 1, None)) == [0]
    return time.monotonic() - began


def test_killed_at_any_moment_nothing_is_lost_and_nothing_wrong_is_found(run, shelf):
    dice, ends, killed = random.Random(2027), [], 0
    assert run(("fill", 60, None)) == [0]
    assert run(("worker", 0, None)) == [0]
    assert shelf.indexed() == shelf.public()
    longest = {}
    for what in ("worker", "rebuild"):
        assert run(("change", 1, None)) == [0]
        longest[what] = seconds(run, what)
    seed = 1
    while killed < MOMENTS:
        seed += 1
        assert seed < 4 * MOMENTS, f"only {killed} were killed"
        whats = dice.choice((["worker"], ["rebuild"], ["worker", "worker"], ["rebuild", "worker"]))
        jobs = [("change", seed, None)]
        jobs += [(what, seed, dice.random() * longest[what]) for what in whats]
        ended = run(jobs[0]) + run(*jobs[1:])
        # Whoever was not killed did what it was to do.
        assert set(ended) <= {0, "killed"}
        killed += ended.count("killed")
        ends += ended
        shelf.assert_nothing_is_lost()
        if seed % 10 == 0:
            assert run(("worker", seed, None)) == [0]
            assert shelf.indexed() == shelf.public()
    assert run(("worker", 0, None), ("worker", 0, None)) == [0, 0]
    assert shelf.indexed() == shelf.public()
    assert run(("rebuild", 0, None)) == [0]
    assert shelf.indexed() == shelf.public()
    # Nothing is kept for indexes that are gone.
    assert not shelf.waiting()
    assert len(list(shelf.engine.generations.root.glob("index-*"))) <= 2
    assert ends.count(0) > MOMENTS / 2


def test_workers_and_a_rebuild_at_once_do_not_disturb_each_other(run, shelf):
    assert run(("fill", 60, None)) == [0]
    for seed in range(1, 6):
        jobs = [("change", seed, None), ("worker", seed, None), ("rebuild", seed, None)]
        assert run(*jobs, ("worker", seed, None), ("rebuild", seed, None)) == [0] * 5
    assert run(("worker", 0, None)) == [0]
    assert shelf.indexed() == shelf.public()
    assert not shelf.waiting()


FULL_DISK = """
import json, sys
from pathlib import Path
from django.conf import settings
from search import upkeep
from search.engine import EngineQuery, EngineUnavailable
from search.engines import get_engine
from search.models import OutboxEntry
from search.rebuild import rebuild
from tests.factories import bulk_courses, make_course

folder = Path(settings.SEARCH["INDEX_DIR"])
EVERYTHING = EngineQuery(language="az", types=("course",), limit=0)
count = lambda: get_engine().search(EVERYTHING).total
said = {}
bulk_courses(40)
upkeep.catch_up()
said["before"] = count()
with (folder / "ballast").open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(16384))
    except OSError:
        pass
bulk_courses(400)
try:
    upkeep.catch_up()
except EngineUnavailable:
    said["written"] = "full"
try:
    rebuild()
except EngineUnavailable:
    said["rebuilt"] = "full"
said["while full"] = count()
said["waiting"] = OutboxEntry.objects.exclude(key="").values("key").distinct().count() >= 400
said["health"] = upkeep.health().ok
(folder / "ballast").unlink()
upkeep.catch_up()
said["after"] = count()
said["left"] = OutboxEntry.objects.count()
print(json.dumps(said))
"""


def test_a_full_disk_loses_nothing_and_the_old_index_goes_on_answering(portal_copy):
    disk = portal_copy.folder / "search"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=4m tmpfs {disk} && exec "
    command = mount + " ".join(f"'{word}'" for word in portal_copy.argv("shell", "-v0", "-c"))
    # A namespace of its own: the disk goes with the process.
    alone = (
        ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    )
    ended = subprocess.run(
        [*alone, shutil.which("sh"), "-c", command + ' "$0"', FULL_DISK],
        env=portal_copy.variables,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1]) == {
        "before": 40,
        "written": "full",
        "rebuilt": "full",
        "while full": 40,
        "waiting": True,
        "health": True,
        "after": 440,
        "left": 0,
    }


@pytest.mark.django_db
def test_an_index_with_fields_of_another_version_is_not_read_but_made_anew(settings, tmp_path):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    course = make_course({"az": "Kurs"})
    upkeep.catch_up()
    signature = get_engine().generations.current() / "signature.json"
    signature.write_text(json.dumps(json.loads(signature.read_text()) | {"layout": 0}))
    # Other processes of the portal start with what lies on the disk.
    engines._engine.cache_clear()
    with pytest.raises(EngineUnavailable):
        get_engine().search(EngineQuery(language="az"))
    assert not upkeep.health().ok
    other = make_course({"az": "Kurs"})
    upkeep._checked.clear()
    upkeep.catch_up()
    found = get_engine().search(EngineQuery(language="az")).hits
    assert {hit.key for hit in found} >= {f"course:{course.pk}", f"course:{other.pk}"}
    assert upkeep.health().ok
