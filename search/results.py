"""Hits turned into what a reader sees: title, summary, facts and state of each entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.availability import Availability
from catalog.selectors.cards import Card, cards

from .highlight import Marks, highlight

Segments = list[tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """One entry in a list; ``title`` and ``summary`` are segments, marked where they match.

    ``language`` is that of the words, ``foreign`` its name unless it is the reader's. ``start`` is
    a sentence, ``facts`` are a few words each.
    """

    type: str
    code: str
    title: Segments
    summary: Segments
    url: str
    language: str
    foreign: str
    facts: list[str]
    languages: tuple[str, ...] = ()
    availability: Availability | None = None
    start: str = ""


def load(keys: Iterable[str], language: str, marks: Marks, now: datetime) -> list[Result]:
    """Results in the order of ``keys``; what left the catalogue meanwhile is left out.

    Four queries, however many keys.
    """
    numbers = [int(key.partition(":")[2]) for key in keys]
    return [_course(card, marks) for card in cards(numbers, language, now)]


def _course(card: Card, marks: Marks) -> Result:
    text = card.text
    return Result(
        type="course",
        code=card.course.code,
        title=highlight(text.title, text.language, marks),
        summary=highlight(text.summary, text.language, marks),
        url=card.url,
        language=text.language,
        foreign=card.foreign,
        facts=card.facts,
        languages=tuple(row.language for row in card.course.live_texts),
        availability=card.availability,
        start=card.start,
    )
