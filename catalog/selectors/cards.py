"""Courses in a list: the four lines of each, for any number of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.addresses import course_url
from catalog.availability import Availability, RunFacts, course_availability
from catalog.models import Course
from catalog.workload import written_workload
from home.languages.dates import written_day
from home.languages.facts import language_name

from .card_facts import CardFacts, CardRun, CardText, card_facts
from .texts import nearest
from .vocabulary import ProviderFact, centre_places, provider_fact, zone_of


@dataclass(frozen=True)
class NextRun:
    """A run, and the town it is held in; "" online."""

    facts: RunFacts
    town: str


@dataclass(frozen=True)
class Card:
    """One course in a list; ``foreign`` names the language of its words unless the reader's.

    ``languages``: those the course is described in. ``next_run`` is the one that starts next.
    """

    course: CardFacts
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
        course, language = self.course, get_language()
        words = [
            self.provider.name.text(language) if self.provider else "",
            _label(Course.Kind, course.kind, language),
            _label(Course.Level, course.level, language),
            _workload(course.workload, language),
            _label(Course.Mode, course.mode, language),
            *_languages(self.teaching, self.subtitles, self.foreign, language),
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


@lru_cache(maxsize=1024)
def _label(choices: type[TextChoices], value: str, language: str) -> str:
    """The word for a value in the active language; the value itself when there is none."""
    return str(choices(value).label) if value in choices.values else value


@lru_cache(maxsize=4096)
def _languages(
    teaching: tuple[str, ...], subtitles: tuple[str, ...], foreign: str, language: str
) -> tuple[str, ...]:
    """What is spoken, read along and described in, in the active language."""
    joined = {"languages": ", ".join(subtitles)}
    return (
        ", ".join(teaching),
        _("subtitles: %(languages)s") % joined if subtitles else "",
        _("description in %(language)s") % {"language": foreign} if foreign else "",
    )


@lru_cache(maxsize=4096)
def _workload(minutes: int | None, language: str) -> str:
    """How long a course takes, in the active language."""
    return written_workload(minutes)


def cards(
    numbers: Iterable[int],
    language: str,
    now: datetime,
    known: Mapping[int, CardFacts] | None = None,
) -> list[Card]:
    """Cards of the public courses among ``numbers``, in their order; ``known`` are public.

    Four queries, none where everything is known. Plain rows: making model instances would cost
    three times as much.
    """
    wanted = list(numbers)
    facts = dict(known or {})
    facts |= card_facts([number for number in wanted if number not in facts])
    return [_card(facts[number], language, now) for number in wanted if number in facts]


def _card(course: CardFacts, language: str, now: datetime) -> Card:
    text = course.texts[nearest(course.texts, language, course.source_language)]
    runs = [_placed(run, course.provider_id) for run in course.runs]
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
        languages=tuple(text.language for text in course.texts.values()),
        teaching=tuple(language_name(code, language) for code in course.teaching),
        subtitles=tuple(language_name(code, language) for code in course.subtitles),
        availability=course_availability(
            [run.facts for run in runs], course.kind, course.enrolment, now
        ),
        next_run=min(ahead, key=lambda run: run.facts.start, default=None),
    )


def _placed(run: CardRun, provider: int) -> NextRun:
    """With the town and the clocks of its centre, else those of the provider's country."""
    place = centre_places().get(run.centre)
    zone = place.time_zone if place else zone_of(provider)
    return NextRun(run.facts(zone), str(place.city) if place else "")


def soonest(shown: Iterable[Card]) -> datetime | None:
    """When the words of the first of these cards change by themselves."""
    moments = [card.availability.next_change for card in shown]
    return min((moment for moment in moments if moment), default=None)
