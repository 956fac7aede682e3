"""How a query may be understood, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from search.analysis import Word
from search.engine import EngineResult, TextQuery
from search.highlight import Marks


class Step(StrEnum):
    """How a query was understood in the end; part of the API, so the words stay."""

    STRICT = "strict"
    PREFIX = "prefix"
    KEYBOARD = "keyboard"
    ALPHABET = "alphabet"
    SPELLING = "spelling"
    RELAXED = "relaxed"
    MEANING = "meaning"


@dataclass(frozen=True)
class Found:
    """Results, the step that found them and what to mark.

    ``read_as``: the words that were looked for where they are others than those typed. ``missing``:
    typed words that no document has. ``by_meaning``: keys of results that have not the words but
    are about the same. ``text``: the question that was answered; None where nothing was asked for.
    """

    result: EngineResult
    step: Step = Step.STRICT
    marks: Marks = field(default_factory=Marks)
    read_as: tuple[Word, ...] = ()
    missing: tuple[str, ...] = ()
    by_meaning: frozenset[str] = frozenset()
    text: TextQuery | None = None


@dataclass(frozen=True)
class Attempt:
    """One way to understand a query, and what to ask for it."""

    step: Step
    text: TextQuery
    read_as: tuple[Word, ...] = ()
    missing: tuple[str, ...] = ()
