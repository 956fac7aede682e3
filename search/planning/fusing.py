"""Entries that are about what was asked, put among those that have its words."""

from __future__ import annotations

from dataclasses import replace

from search.embedding import embedder
from search.engine import LONGEST_PAGE, Engine, EngineQuery, EngineResult, Hit, Near, TextQuery

# Neighbours that are wanted, and how far below the nearest one they may be.
NEIGHBOURS, SHARE_OF_NEAREST = 10, 0.6
# Reciprocal rank: with a small constant the first places of either list weigh most.
RANK_CONSTANT = 10.0
WORDS_WEIGHT, MEANING_WEIGHT = 1.0, 1.5


def neighbours(engine: Engine, text: str, question: EngineQuery) -> list[Near]:
    """Entries about what ``text`` is about, the nearest first; those too far away are none."""
    current = embedder()
    vector = current.of_query(text, question.language) if current else None
    if vector is None:
        return []
    found = engine.nearest(vector, current.version, question.types, NEIGHBOURS)
    least = max(current.floor, SHARE_OF_NEAREST * found[0].similarity) if found else 1.0
    return [near for near in found if near.similarity >= least]


def fused(
    engine: Engine, question: EngineQuery, text: TextQuery | None, near: list[Near]
) -> tuple[EngineResult, frozenset[str]]:
    """The page of results that ``question`` asks for, in the order of both lists, and the keys of
    those on it that have not the words.

    Beyond ``LONGEST_PAGE`` results the order is that of the words alone.
    """
    keys = tuple(one.key for one in near)
    both = replace(text or TextQuery(), near=keys)
    last = question.offset + question.limit
    if last > LONGEST_PAGE:
        return engine.search(replace(question, text=both)), frozenset()
    result = engine.search(replace(question, text=both, offset=0, limit=LONGEST_PAGE))
    places = {key: rank for rank, key in enumerate(keys)}
    hits = sorted(_ranked(result.hits, places), key=lambda item: (-item[0], item[1]))
    page = tuple(hit for _score, _rank, hit in hits[question.offset : last])
    return replace(result, hits=page), frozenset(hit.key for hit in page if not hit.score)


def _ranked(hits: tuple[Hit, ...], places: dict[str, int]) -> list[tuple[float, int, Hit]]:
    found = []
    for rank, hit in enumerate(hits):
        score = WORDS_WEIGHT / (RANK_CONSTANT + rank) if hit.score else 0.0
        if hit.key in places:
            score += MEANING_WEIGHT / (RANK_CONSTANT + places[hit.key])
        found.append((score, rank, hit))
    return found
