"""What a card is made of, whatever the time and the reader: from the tables, or put away before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from catalog.availability import RunFacts
from catalog.models import Course, CourseLanguage, CourseRun, CourseText
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
# Beside the course, in the order that ``CardRun.of`` takes them.
RUN_COLUMNS = (
    *("course_id", "centre_id", "start", "end", "enrolment_start", "enrolment_end"),
    *("seats", "seats_taken", "pace", "cancelled"),
)
# The moments of a run are its first values.
_MOMENTS = 4


class CardText(NamedTuple):
    """The words of a course; ``language`` is what they are written in. Dates as the tables say."""

    language: str
    title: str
    summary: str
    first_published_at: datetime | None = None
    last_published_at: datetime | None = None


class CardRun(NamedTuple):
    """A run: the number of its centre, and what ``RunFacts`` needs, but for the zone."""

    centre: int | None
    values: tuple[Any, ...]

    @classmethod
    def of(cls, centre: int | None, *values: Any) -> Self:
        """From the columns of a run, from its start to whether it is cancelled."""
        *first, pace, cancelled = values
        return cls(centre, (*first, pace == CourseRun.Pace.SELF, cancelled))

    def plain(self) -> list[Any]:
        """Fit for JSON, moments as seconds since 1970."""
        moments, rest = self.values[:_MOMENTS], self.values[_MOMENTS:]
        return [self.centre, *(one and one.timestamp() for one in moments), *rest]

    @classmethod
    def of_plain(cls, centre: int | None, *values: Any) -> Self:
        """What ``plain`` put away."""
        moments = (
            None if one is None else datetime.fromtimestamp(one, UTC) for one in values[:_MOMENTS]
        )
        return cls(centre, (*moments, *values[_MOMENTS:]))

    def facts(self, zone: str) -> RunFacts:
        """On the clocks of ``zone``."""
        return RunFacts(*self.values, zone=zone)


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
    runs: tuple[CardRun, ...]
    uuid: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def plain(self) -> dict[str, Any]:
        """What ``of_plain`` reads; fit for JSON."""
        return {
            "course": [getattr(self, name) for name in _COURSE[1:_PLAIN]],
            "texts": {locale: text[:3] for locale, text in self.texts.items()},
            "spoken": [self.teaching, self.subtitles],
            "runs": [run.plain() for run in self.runs],
        }

    @classmethod
    def of_plain(cls, number: int, plain: Mapping[str, Any]) -> Self:
        """KeyError, TypeError or ValueError for what another release put away."""
        teaching, subtitles = plain["spoken"]
        texts = {locale: CardText(*text) for locale, text in plain["texts"].items()}
        runs = tuple(CardRun.of_plain(*run) for run in plain["runs"])
        return cls(number, *plain["course"], texts, tuple(teaching), tuple(subtitles), runs)


def card_facts(numbers: Collection[int]) -> dict[int, CardFacts]:
    """Facts of the public courses among these. Four queries; none without numbers."""
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
    runs: dict[int, list[CardRun]] = defaultdict(list)
    for course, *values in CourseRun.objects.filter(course__in=numbers).values_list(*RUN_COLUMNS):
        runs[course].append(CardRun.of(*values))
    courses = Course.objects.filter(pk__in=numbers, withdrawn_at=None).values_list(*_COURSE)
    return {
        row[0]: CardFacts(
            *row[:_PLAIN],
            texts[row[0]],
            tuple(spoken[row[0], "teaching"]),
            tuple(spoken[row[0], "subtitles"]),
            tuple(runs[row[0]]),
            *row[_PLAIN:],
        )
        for row in courses
        if row[0] in texts
    }
