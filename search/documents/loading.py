"""What is read of many courses at once: as few queries as kinds of rows, and no models for most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from wagtail.blocks import StreamValue
from wagtail.models import Locale

from catalog.availability import RunFacts
from catalog.models import Course, CourseLanguage, CourseRun, CourseText
from catalog.people.models import Institution
from catalog.selectors.card_facts import RUN_COLUMNS, CardRun
from catalog.selectors.vocabulary import (
    CompetencyFact,
    CountryFact,
    ProviderFact,
    SubjectFact,
    competencies,
    countries,
    providers,
    subjects,
)
from home.languages.translated import Translated


class CourseRow(NamedTuple):
    """The facts of a course that its document needs."""

    pk: int
    code: str
    kind: str
    level: str
    mode: str
    audience: str
    workload: int | None
    enrolment: str
    source_language: str
    provider: int


class TextRow(NamedTuple):
    """A published entry for the pages in ``locale``; ``language`` is that of its words."""

    title: str
    summary: str
    outline: str
    outcomes: str
    body: StreamValue
    search_words: str
    first_published_at: datetime | None
    locale: str
    language: str


class RunRow(NamedTuple):
    """A run as a card has it, how and in which town it is held."""

    card: CardRun
    mode: str
    city: Translated | None

    @property
    def facts(self) -> RunFacts:
        """On any clock: moments are moments."""
        return self.card.facts("")


@dataclass(frozen=True)
class Vocabularies:
    """What stands in many courses, by number; ``paths`` go from a subject up to the top."""

    countries: dict[int, CountryFact]
    providers: dict[int, ProviderFact]
    paths: dict[int, tuple[SubjectFact, ...]]
    competencies: dict[int, CompetencyFact]
    institutions: dict[int, str]

    @classmethod
    def now(cls) -> Vocabularies:
        """Asked for once per batch."""
        return cls(
            countries(),
            providers(),
            _subject_paths(subjects()),
            competencies(),
            dict(Institution.objects.values_list("pk", "code")),
        )


def _subject_paths(known: Mapping[int, SubjectFact]) -> dict[int, tuple[SubjectFact, ...]]:
    """Each subject and everything above it; a subject below itself ends the path."""
    paths: dict[int, tuple[SubjectFact, ...]] = {}
    for number in known:
        path: dict[int, SubjectFact] = {}
        at: int | None = number
        while at in known and at not in path:
            path[at] = known[at]
            at = known[at].parent
        paths[number] = tuple(path.values())
    return paths


@dataclass
class Loaded:
    """A course with its published texts, runs, languages by role, and numbers of what it is linked
    with. ``texts`` by their language, ``pages`` all of them.
    """

    course: CourseRow
    texts: dict[str, TextRow] = field(default_factory=dict)
    pages: list[TextRow] = field(default_factory=list)
    runs: list[RunRow] = field(default_factory=list)
    spoken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    linked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


_LINKS = ("subjects", "competencies", "audience_countries", "audience_institutions")


def load(numbers: Iterable[int]) -> Iterable[Loaded]:
    """The public courses among these, with everything that their documents need."""
    numbers = list(numbers)
    rows = Course.objects.public().filter(pk__in=numbers).order_by("pk")
    names = ("pk", "code", "kind", "level", "mode", "audience", "workload", "enrolment")
    fields = (*names, "source_language", "provider_id")
    found = {row[0]: Loaded(CourseRow(*row)) for row in rows.values_list(*fields)}
    for number, text in _texts(numbers):
        if number in found:
            found[number].texts[text.language] = text
            found[number].pages.append(text)
    runs = CourseRun.objects.filter(course__in=numbers)
    for mode, city, number, *values in runs.values_list("mode", "centre__city", *RUN_COLUMNS):
        if number in found:
            found[number].runs.append(RunRow(CardRun.of(*values), mode, city))
    spoken = CourseLanguage.objects.filter(course__in=numbers)
    for number, role, language in spoken.values_list("course_id", "role", "language"):
        if number in found:
            found[number].spoken[role].append(language)
    for name in _LINKS:
        for number, other in _links(name, numbers):
            if number in found:
                found[number].linked[name].append(other)
    return found.values()


def _texts(numbers: list[int]) -> Iterator[tuple[int, TextRow]]:
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    rows = CourseText.objects.filter(live=True, course__in=numbers)
    names = ("title", "summary", "outline", "outcomes", "body", "search_words")
    fields = ("course_id", "locale_id", "written_in", *names, "first_published_at")
    for number, locale, written_in, *values in rows.values_list(*fields):
        code = languages[locale]
        yield number, TextRow(*values, code, written_in or code)


def _links(name: str, numbers: list[int]) -> Iterable[tuple[int, int]]:
    """Numbers of courses and of what they are linked with, without reading that."""
    relation = Course._meta.get_field(name)
    rows = relation.remote_field.through.objects.filter(course__in=numbers).order_by("pk")
    return rows.values_list("course_id", f"{relation.m2m_reverse_field_name()}_id")
