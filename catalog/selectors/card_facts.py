"""What a card shows of a course whatever the time and the reader, and its runs.

Facts come from the tables, or from where they were put as plain values; runs always from the
tables, since their seats change by the minute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from catalog.availability import RunFacts
from catalog.models import Course, CourseLanguage, CourseText
from home.navigation import language_codes

_COURSE = (
    *("pk", "code", "kind", "level", "mode", "workload", "enrolment", "source_language"),
    *("provider_id", "uuid", "created_at", "updated_at"),
)
# So many of them are put away.
_PLAIN = 9
# In the order of ``CardText``, behind course and locale.
_TEXT = (
    *("course_id", "locale_id", "written_in", "title", "summary"),
    *("first_published_at", "last_published_at"),
)
# Beside what stands around them, in the order of ``RunFacts``.
_RUN = (
    *("pk", "runs", "runs__pace", "runs__centre__city", "runs__centre__time_zone"),
    *("runs__start", "runs__end", "runs__enrolment_start", "runs__enrolment_end"),
    *("runs__seats", "runs__seats_taken", "runs__cancelled"),
)


class CardText(NamedTuple):
    """The words of a course; ``language`` is what they are written in. Dates as the tables say."""

    language: str
    title: str
    summary: str
    first_published_at: datetime | None = None
    last_published_at: datetime | None = None


class NextRun(NamedTuple):
    """A run, and the town it is held in; "" online."""

    facts: RunFacts
    town: str


@dataclass(frozen=True)
class CardFacts:
    """One course. ``texts`` by the language of their page, ``teaching`` and ``subtitles`` codes.

    What was put away as plain values has no uuid and no dates.
    """

    pk: int
    code: str
    kind: str
    level: str
    mode: str
    workload: int | None
    enrolment: str
    source_language: str
    provider_id: int
    texts: Mapping[str, CardText]
    teaching: tuple[str, ...]
    subtitles: tuple[str, ...]
    uuid: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def plain(self) -> dict[str, Any]:
        """What ``of_plain`` reads; fit for JSON."""
        return {
            "course": [getattr(self, name) for name in _COURSE[1:_PLAIN]],
            "texts": {locale: text[:3] for locale, text in self.texts.items()},
            "spoken": [self.teaching, self.subtitles],
        }

    @classmethod
    def of_plain(cls, number: int, plain: Mapping[str, Any]) -> Self:
        """KeyError, TypeError or ValueError for what another release put away."""
        teaching, subtitles = plain["spoken"]
        texts = {locale: CardText(*text) for locale, text in plain["texts"].items()}
        return cls(number, *plain["course"], texts, tuple(teaching), tuple(subtitles))


def card_facts(numbers: Collection[int]) -> dict[int, CardFacts]:
    """Facts of the public courses among these. Three queries; none without numbers."""
    if not numbers:
        return {}
    texts: dict[int, dict[str, CardText]] = defaultdict(dict)
    rows = CourseText.objects.filter(course__in=numbers, live=True).order_by("pk")
    for course, locale, words, *values in rows.values_list(*_TEXT):
        code = language_codes()[locale]
        texts[course][code] = CardText(words or code, *values)
    spoken: dict[tuple[int, str], list[str]] = defaultdict(list)
    languages = CourseLanguage.objects.filter(course__in=numbers)
    for course, role, code in languages.values_list("course_id", "role", "language"):
        spoken[course, role].append(code)
    courses = Course.objects.filter(pk__in=numbers, withdrawn_at=None).values_list(*_COURSE)
    return {
        row[0]: CardFacts(
            *row[:_PLAIN],
            texts[row[0]],
            tuple(spoken[row[0], "teaching"]),
            tuple(spoken[row[0], "subtitles"]),
            *row[_PLAIN:],
        )
        for row in courses
        if row[0] in texts
    }


def runs_of(numbers: Collection[int]) -> dict[int, list[NextRun]]:
    """The runs of those of these courses that are not withdrawn, as they are now. One query.

    Runs without a centre have no zone yet.
    """
    found: dict[int, list[NextRun]] = {}
    if not numbers:
        return found
    courses = Course.objects.filter(pk__in=numbers, withdrawn_at=None).order_by("runs")
    for course, run, pace, town, zone, *values in courses.values_list(*_RUN):
        own = found.setdefault(course, [])
        if run is not None:
            *values, cancelled = values
            facts = RunFacts(*values, pace == "self", cancelled, zone or "")
            own.append(NextRun(facts, str(town or "")))
    return found
