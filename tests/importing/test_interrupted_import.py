"""Imports in processes of their own: killed at any moment, started again, seen by the search."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from tests.services.portal_copy import PortalCopy

ROWS = 3000
PROVIDER = """
from catalog.models import Provider
from catalog.people.models import Country
country = Country.objects.create(code="az", name={"en": "Azerbaijan"})
Provider.objects.create(code="academy", name={"en": "Academy"}, country=country)
"""
SEARCHED = """
from search.engine import EngineQuery
from search.engines import get_engine
print(get_engine().search(EngineQuery(language="az", types=("course",))).total)
"""


@pytest.fixture
def portal(portal_copy: PortalCopy) -> PortalCopy:
    """An empty portal with one provider."""
    portal_copy.manage("setup")
    portal_copy.manage("shell", "-v0", "-c", PROVIDER)
    return portal_copy


def courses(folder: Path, count: int) -> Path:
    path = folder / "courses.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            row = {
                "code": f"K-{i}",
                "provider": "academy",
                "title_az": f"Kurs {i}",
                "summary_az": "Qısa təsvir",
                "teaching": "az",
                "run_start": "2027-03-01",
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def count(portal: PortalCopy, table: str) -> int:
    return portal.rows(f"SELECT count(*) FROM {table}")[0][0]


def test_an_import_that_is_killed_again_and_again_ends_whole(portal, tmp_path):
    path, dice, killed = courses(tmp_path, ROWS), random.Random(11), []
    while len(killed) < 4:
        process = portal.start("import_courses", path, "--publish")
        before = count(portal, "catalog_course")
        while process.poll() is None and count(portal, "catalog_course") == before < ROWS - 500:
            time.sleep(0.02)
        time.sleep(dice.random() / 5)
        process.kill()
        process.communicate()
        killed.append(count(portal, "catalog_course"))
        # A batch is in as a whole or not at all.
        assert killed[-1] % 500 == 0
        assert count(portal, "catalog_coursetext") == killed[-1]
        assert count(portal, "catalog_courserun") == killed[-1]
    assert killed == sorted(killed)
    assert 0 < killed[0] < ROWS

    said = portal.manage("import_courses", path, "--publish")
    assert f"{killed[-1]} unchanged" in said or killed[-1] == 0
    for table in ("catalog_course", "catalog_coursetext", "catalog_courserun"):
        assert count(portal, table) == ROWS
    waiting = "SELECT count(DISTINCT key) FROM search_outboxentry WHERE key LIKE 'course:%'"
    assert portal.rows(waiting) == [(ROWS,)]


def test_an_import_is_found_by_the_search_once_the_worker_has_run(portal, tmp_path):
    said = portal.manage("import_courses", courses(tmp_path, 3), "--publish")
    assert "Wrote 3 courses." in said
    portal.manage("worker", "--once")
    assert count(portal, "search_outboxentry") == 0
    assert portal.manage("shell", "-v0", "-c", SEARCHED).strip() == "3"
