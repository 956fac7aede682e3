"""Courses in a list: what the four lines of each need, in four queries for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.addresses import course_url
from catalog.availability import Availability, RunFacts, course_availability
from catalog.models import Course, CourseLanguage, CourseRun, CourseText
from catalog.workload import written_workload
from home.languages.dates import written_day
from home.languages.facts import language_name
from home.navigation import language_codes

from .texts import nearest
from .vocabulary import ProviderFact, provider_fact, zone_of

_COURSE = (
    *("code", "kind", "level", "mode", "workload", "enrolment", "source_language"),
    *("provider_id", "withdrawn_at", "created_at", "updated_at"),
)
# In the order of ``CardText``, behind course and locale.
_TEXT = (
    *("course_id", "locale_id", "written_in", "title", "summary"),
    *("first_published_at", "last_published_at"),
)
# Beside what stands around them, in the order of ``RunFacts``.
_RUN = (
    *("course_id", "pace", "centre__city", "centre__time_zone", "start", "end"),
    *("enrolment_start", "enrolment_end", "seats", "seats_taken"),
)


@dataclass(frozen=True)
class CardText:
    """The words of a course on a page in ``locale``; ``language`` is what they are written in."""

    locale: str
    language: str
    title: str
    summary: str
    first_published_at: datetime | None
    last_published_at: datetime | None


@dataclass(frozen=True)
class NextRun:
    """The run that starts next, and the town it is held in; "" online."""

    facts: RunFacts
    town: str


@dataclass(frozen=True)
class Card:
    """One course in a list; ``foreign`` names the language of its words unless the reader's.

    ``languages``: those the course is described in.
    """

    course: Course
    text: CardText
    url: str
    foreign: str
    provider: ProviderFact | None
    languages: tuple[str, ...]
    teaching: tuple[str, ...]
    subtitles: tuple[str, ...]
    availability: Availability
    next_run: NextRun | None

    @property
    def facts(self) -> list[str]:
        """Who, what, how long, how and in which languages, each a few words."""
        course, joined = self.course, {"languages": ", ".join(self.subtitles)}
        words = [
            str(self.provider.name) if self.provider else "",
            _label(Course.Kind, course.kind),
            _label(Course.Level, course.level),
            written_workload(course.workload),
            _label(Course.Mode, course.mode),
            ", ".join(self.teaching),
            _("subtitles: %(languages)s") % joined if self.subtitles else "",
            _("description in %(language)s") % {"language": self.foreign} if self.foreign else "",
        ]
        return [word for word in words if word]

    @property
    def start(self) -> str:
        """Where and when it starts next, with the seats left, as a sentence; "" if unknown."""
        if self.next_run is None:
            return ""
        run = self.next_run.facts
        words = {"date": written_day(run.start, run.zone), "place": self.next_run.town}
        start = _("Starts on %(date)s") % words
        if words["place"]:
            start = _("Starts on %(date)s, %(place)s") % words
        left = run.seats_left
        if not left or not self.availability.can_join:
            return start
        seats = ngettext("%(count)d seat left", "%(count)d seats left", left) % {"count": left}
        return f"{start} · {seats}"


def _label(choices: type[TextChoices], value: str) -> str:
    """The word for a value; the value itself when there is none."""
    return str(choices(value).label) if value in choices.values else value


def cards(numbers: Iterable[int], language: str, now: datetime) -> list[Card]:
    """Cards of the public courses among ``numbers``, in their order. Four queries.

    Plain rows where nothing else is needed: making model instances would cost three times as much.
    """
    wanted = list(numbers)
    courses = Course.objects.filter(pk__in=wanted, withdrawn_at=None).only(*_COURSE)
    texts, runs, spoken = _texts(wanted), _runs(wanted), _spoken(wanted, language)
    found = {course.pk: course for course in courses if course.pk in texts}
    return [
        _card(found[pk], texts[pk], runs[pk], spoken[pk], language, now)
        for pk in wanted
        if pk in found
    ]


def _texts(numbers: list[int]) -> dict[int, dict[str, CardText]]:
    """The published texts of each course by the language of their page."""
    rows = CourseText.objects.filter(course__in=numbers, live=True)
    found: dict[int, dict[str, CardText]] = defaultdict(dict)
    for course, locale, words, *values in rows.order_by("pk").values_list(*_TEXT):
        code = language_codes()[locale]
        found[course][code] = CardText(code, words or code, *values)
    return dict(found)


def _runs(numbers: list[int]) -> dict[int, list[NextRun]]:
    """The runs of each course with their towns; those without a centre have no zone yet."""
    found: dict[int, list[NextRun]] = defaultdict(list)
    rows = CourseRun.objects.filter(course__in=numbers).values_list(*_RUN)
    for course, pace, town, zone, *values in rows:
        facts = RunFacts(*values, self_paced=pace == "self", zone=zone or "")
        found[course].append(NextRun(facts, str(town or "")))
    return found


def _spoken(numbers: list[int], language: str) -> dict[int, dict[str, list[str]]]:
    """Names of the languages of each course by their role."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = CourseLanguage.objects.filter(course__in=numbers)
    for course, role, code in rows.values_list("course_id", "role", "language"):
        found[course][role].append(language_name(code, language))
    return found


def _card(
    course: Course,
    texts: dict[str, CardText],
    runs: list[NextRun],
    spoken: dict[str, list[str]],
    language: str,
    now: datetime,
) -> Card:
    text = texts[nearest(texts, language, course.source_language)]
    zone = zone_of(course.provider_id)
    runs = [run if run.facts.zone else _at(run, zone) for run in runs]
    ahead = [
        run
        for run in runs
        if run.facts.start and run.facts.start >= now and not run.facts.cancelled
    ]
    return Card(
        course=course,
        text=text,
        url=course_url(course.pk, text.title, language),
        foreign=language_name(text.language, language) if text.language != language else "",
        provider=provider_fact(course.provider_id),
        languages=tuple(text.language for text in texts.values()),
        teaching=tuple(spoken["teaching"]),
        subtitles=tuple(spoken["subtitles"]),
        availability=course_availability(
            [run.facts for run in runs], course.kind, course.enrolment, now
        ),
        next_run=min(ahead, key=lambda run: run.facts.start, default=None),
    )


def _at(run: NextRun, zone: str) -> NextRun:
    return replace(run, facts=replace(run.facts, zone=zone))


def soonest(shown: Iterable[Card]) -> datetime | None:
    """When the words of the first of these cards change by themselves."""
    moments = [card.availability.next_change for card in shown]
    return min((moment for moment in moments if moment), default=None)
