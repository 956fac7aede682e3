"""Every engine finds the entries nearest to a vector, and forgets those that are gone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from django.conf import settings as django_settings

from search.engine import EngineQuery, TextQuery
from search.engines.vectors import Row, VectorFile
from tests.search.shelf import SHELF

VECTORS = {"course:1": (1.0, 0.0), "course:2": (0.8, 0.6), "course:3": (0.0, 1.0)}
QUERY = np.array([1.0, 0.0] + [0.0] * 198, np.float32)


class Fixed:
    """An embedder that knows three entries of the shelf."""

    version, dimensions, floor = "fixed", 200, 0.5

    def of_document(self, document):
        found = VECTORS.get(document.key)
        return None if found is None else np.array([*found] + [0.0] * 198, np.float32)

    def of_query(self, text, language):
        return QUERY


def fixed() -> Fixed:
    return Fixed()


@pytest.fixture
def filled(settings, empty_engine):
    settings.SEARCH = django_settings.SEARCH | {"EMBEDDER": f"{__name__}.fixed"}
    build = empty_engine.start_rebuild()
    build.write(SHELF)
    build.commit(len(SHELF))
    build.close()
    return empty_engine


def keys(engine, **asked) -> list[str]:
    question = {"version": "fixed", "types": ("course",), "limit": 2} | asked
    return [near.key for near in engine.nearest(QUERY, **question)]


def test_the_nearest_come_first_with_their_cosine(filled):
    found = filled.nearest(QUERY, "fixed", ("course",), 3)
    assert [near.key for near in found] == ["course:1", "course:2", "course:3"]
    assert [near.similarity for near in found] == pytest.approx([1.0, 0.8, 0.0], abs=1e-4)


def test_vectors_of_another_embedder_are_never_compared(filled):
    assert keys(filled, version="other") == []


def test_only_the_wanted_types_are_looked_through(filled):
    assert keys(filled, types=("centre",)) == []


def test_what_is_written_anew_or_deleted_is_not_found_as_before(filled):
    changed = dataclasses.replace(SHELF[1], key="course:2", titles={"az": "Başqa"})
    filled.write([changed], ["course:1"])
    assert keys(filled)[0] == "course:2"
    assert filled.search(EngineQuery("az", text=TextQuery(near=("course:1",)))).total == 0


def test_neighbours_stand_behind_what_has_the_words(filled):
    words = EngineQuery("az", text=TextQuery(near=("course:3", "course:1")))
    found = filled.search(words)
    assert (found.total, {hit.score for hit in found.hits}) == (2, {0.0})


def row(key: str, *numbers: float, version: str = "one") -> Row:
    return Row(key, "course", version, np.array(numbers, "<f4").tobytes())


def test_a_record_torn_by_a_crash_is_cut_off(tmp_path):
    file = VectorFile(tmp_path / "vectors")
    file.write([row("course:1", 1, 0)], [])
    with (tmp_path / "vectors" / "rows.bin").open("ab") as handle:
        handle.write(b"torn")
    file.write([row("course:2", 0, 1)], [])
    found = VectorFile(tmp_path / "vectors").nearest(np.array([0, 1], "f4"), "one", (), 5)
    assert [near.key for near in found] == ["course:2", "course:1"]


def test_a_replaced_row_takes_the_place_of_the_old_one(tmp_path):
    file = VectorFile(tmp_path / "vectors")
    file.write([row("course:1", 1, 0), row("course:2", 0, 1)], [])
    size = (tmp_path / "vectors" / "rows.bin").stat().st_size
    file.write([row("course:1", 0, 1)], ["course:2"])
    assert (tmp_path / "vectors" / "rows.bin").stat().st_size == size
    best = file.nearest(np.array([0, 1], "f4"), "one", (), 2)
    assert (best[0].key, best[0].similarity) == ("course:1", 1.0)


def test_vectors_of_two_spaces_are_not_mixed(tmp_path):
    file = VectorFile(tmp_path / "vectors")
    file.write([row("course:1", 1, 0)], [])
    file.write([row("course:2", 1, 0, version="two")], [])
    assert [near.key for near in file.nearest(np.array([1, 0], "f4"), "one", (), 5)] == ["course:1"]
