"""The attempts for a query, strictest first, until one has results; and what was done."""

from __future__ import annotations

from dataclasses import replace

from search.analysis import Word
from search.engine import Engine, EngineQuery, EngineResult
from search.highlight import Marks

from .attempts import Planner
from .fusing import fused
from .parsing import Expand, parse
from .steps import Attempt, Found, Step
from .titles import is_titled


def _nothing(words: tuple[Word, ...]) -> tuple:
    return ()


def find(
    engine: Engine,
    text: str,
    question: EngineQuery,
    *,
    expand: Expand = _nothing,
    literal: bool = False,
) -> Found:
    """Answer ``question`` for the typed ``text``: each step in turn until one has results.

    Without text, or with text that says nothing, the question is asked as it stands. ``expand``
    gives other words for words; ``literal`` asks for what was typed and nothing else.
    """
    parsed = parse(text)
    if parsed.is_empty:
        return Found(engine.search(question))
    strict = Attempt(Step.STRICT, parsed.text(expand=expand))
    result = engine.search(replace(question, text=strict.text))
    if literal or not parsed.words:
        return _found(result, strict)
    planner = Planner(engine, question, expand, parsed)
    if result.total and (
        not planner.may_fuse or is_titled(result.hits, parsed.words) or not planner.is_weak(strict)
    ):
        return _found(result, strict)
    narrowed = any(question.filters.values()) or question.start_from is not None
    if not result.total and narrowed and planner.first([strict]):
        # The words are there; it is the filters that leave nothing.
        return _found(result, strict)
    attempt = strict if result.total else planner.attempt(text)
    if near := planner.neighbours(attempt, text):
        result, keys = fused(engine, question, attempt.text if attempt else None, near)
        by_meaning = Attempt(Step.MEANING, strict.text, missing=planner.missing)
        return replace(_found(result, attempt or by_meaning), by_meaning=keys)
    if attempt is None:
        return replace(_found(result, strict), missing=planner.missing)
    if attempt is strict:
        return _found(result, strict)
    return _found(engine.search(replace(question, text=attempt.text)), attempt)


def _found(result: EngineResult, attempt: Attempt) -> Found:
    return Found(
        result,
        attempt.step,
        Marks.of(attempt.text),
        attempt.read_as,
        attempt.missing,
        text=attempt.text,
    )
