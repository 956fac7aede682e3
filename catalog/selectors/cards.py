"""Courses in a list: what the four lines of each need, in four queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.addresses import course_url
from catalog.availability import Availability, RunFacts, course_availability
from catalog.models import Course, CourseRun, CourseText
from catalog.workload import written_workload
from home.languages.dates import written_day
from home.languages.facts import language_name

from .texts import text_for
from .vocabulary import ProviderFact, provider_fact, zone_of


@dataclass(frozen=True)
class Card:
    """One course in a list; ``foreign`` names the language of its words unless the reader's."""

    course: Course
    text: CourseText
    url: str
    foreign: str
    provider: ProviderFact | None
    teaching: tuple[str, ...]
    subtitles: tuple[str, ...]
    availability: Availability
    next_run: CourseRun | None

    @property
    def facts(self) -> list[str]:
        """Who, what, how long, how and in which languages, each a few words."""
        course, joined = self.course, {"languages": ", ".join(self.subtitles)}
        words = [
            str(self.provider.name) if self.provider else "",
            course.get_kind_display(),
            course.get_level_display(),
            written_workload(course.workload),
            course.get_mode_display(),
            ", ".join(self.teaching),
            _("subtitles: %(languages)s") % joined if self.subtitles else "",
            _("description in %(language)s") % {"language": self.foreign} if self.foreign else "",
        ]
        return [word for word in words if word]

    @property
    def start(self) -> str:
        """Where and when it starts next, with the seats left, as a sentence; "" if unknown."""
        run = self.next_run
        if run is None:
            return ""
        zone = RunFacts.of(run, zone_of(self.course.provider_id)).zone
        words = {"date": written_day(run.start, zone), "place": run.centre and run.centre.city}
        start = _("Starts on %(date)s") % words
        if words["place"]:
            start = _("Starts on %(date)s, %(place)s") % words
        left = RunFacts.of(run).seats_left
        if not left or not self.availability.can_join:
            return start
        seats = ngettext("%(count)d seat left", "%(count)d seats left", left) % {"count": left}
        return f"{start} · {seats}"


def cards(numbers: Iterable[int], language: str, now: datetime) -> list[Card]:
    """Cards of the public courses among ``numbers``, in their order. Four queries."""
    wanted = list(numbers)
    texts = CourseText.objects.filter(live=True).select_related("locale").defer("body")
    rows = (
        Course.objects.filter(pk__in=wanted, withdrawn_at=None)
        .defer("admin_search")
        .prefetch_related(
            Prefetch("texts", texts, to_attr="live_texts"),
            Prefetch("runs", CourseRun.objects.select_related("centre")),
            "languages",
        )
    )
    found = {course.pk: course for course in rows if course.live_texts}
    return [_card(found[pk], language, now) for pk in wanted if pk in found]


def _card(course: Course, language: str, now: datetime) -> Card:
    text = text_for(course.live_texts, language, course.source_language)
    runs, zone = list(course.runs.all()), zone_of(course.provider_id)
    ahead = [run for run in runs if run.start and run.start >= now and not run.cancelled]

    def spoken(role: str) -> tuple[str, ...]:
        rows = course.languages.all()
        return tuple(language_name(row.language, language) for row in rows if row.role == role)

    return Card(
        course=course,
        text=text,
        url=course_url(course.pk, text.title, language),
        foreign=language_name(text.language, language) if text.language != language else "",
        provider=provider_fact(course.provider_id),
        teaching=spoken("teaching"),
        subtitles=spoken("subtitles"),
        availability=course_availability(
            [RunFacts.of(run, zone) for run in runs], course.kind, course.enrolment, now
        ),
        next_run=min(ahead, key=lambda run: run.start, default=None),
    )


def soonest(shown: Iterable[Card]) -> datetime | None:
    """When the words of the first of these cards change by themselves."""
    moments = [card.availability.next_change for card in shown]
    return min((moment for moment in moments if moment), default=None)
