"""Short lists for the front page and the footer: programmes, institutions, four numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.addresses import index_path, programme_url, provider_url
from catalog.models import Centre, Programme, ProgrammeCourse
from catalog.selectors.centres import all_centres
from catalog.selectors.counts import provider_counts, public_count
from catalog.selectors.vocabulary import hue_of, provider_fact, providers
from home.cache import kept
from home.navigation import Link

PROGRAMMES, INSTITUTIONS = 6, 8


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in a list; languages are "" where the words are in the page's."""

    code: str
    hue: int
    link: Link
    length: int
    provider: str
    provider_language: str


@dataclass(frozen=True)
class Figure:
    """A number with the words that follow it."""

    number: int
    words: str


@kept
def featured_programmes(language: str) -> tuple[ProgrammeRow, ...]:
    """The first published programmes that have courses. Two queries."""
    rows = _programmes().filter(length__gt=0).order_by("code")
    return _rows(rows[:PROGRAMMES], language)


@kept
def chosen_programmes(numbers: tuple[int, ...], language: str) -> tuple[ProgrammeRow, ...]:
    """The published programmes among ``numbers``, in their order. Two queries."""
    found = {row.pk: row for row in _programmes().filter(pk__in=numbers)}
    return _rows((found[number] for number in numbers if number in found), language)


@kept
def institutions(language: str) -> tuple[Link, ...]:
    """The providers with most courses, then a link to all of them where there are more."""
    counts = provider_counts()
    rows = sorted(providers().values(), key=lambda row: (-counts.get(row.pk, 0), row.pk))
    links = [
        Link(
            str(row.name),
            provider_url(row.pk, str(row.name), language),
            _foreign(row.name.language(language), language),
        )
        for row in rows[:INSTITUTIONS]
    ]
    if len(rows) > INSTITUTIONS:
        links.append(Link(_("All institutions"), index_path("provider", language)))
    return tuple(link for link in links if link.url)


@kept
def figures(language: str) -> tuple[Figure, ...]:
    """Courses, programmes, institutions and open centres; what there is none of is left out."""
    programmes = Programme.objects.filter(live=True).count()
    centres = sum(centre.status == Centre.Status.OPEN for centre in all_centres())
    courses, offering = public_count(), sum(count > 0 for count in provider_counts().values())
    found = (
        Figure(courses, ngettext("course", "courses", courses)),
        Figure(programmes, ngettext("programme", "programmes", programmes)),
        Figure(offering, ngettext("institution", "institutions", offering)),
        Figure(centres, ngettext("training centre", "training centres", centres)),
    )
    return tuple(figure for figure in found if figure.number)


def _programmes() -> QuerySet[Programme]:
    live = Programme.objects.filter(live=True).only("code", "title", "provider_id")
    return live.annotate(length=Count("steps"))


def _rows(programmes: Iterable[Programme], language: str) -> tuple[ProgrammeRow, ...]:
    found = list(programmes)
    hues = _hues(programme.pk for programme in found)
    return tuple(_row(programme, hues.get(programme.pk, 190), language) for programme in found)


def _row(programme: Programme, hue: int, language: str) -> ProgrammeRow:
    title, provider = str(programme.title), provider_fact(programme.provider_id)
    spoken = _foreign(programme.title.language(language), language)
    return ProgrammeRow(
        code=programme.code,
        hue=hue,
        link=Link(title, programme_url(programme.pk, title, language), spoken),
        length=programme.length,
        provider=str(provider.name) if provider else "",
        provider_language=_foreign(provider.name.language(language), language) if provider else "",
    )


def _hues(programmes: Iterable[int]) -> dict[int, int]:
    """The colour of each programme: that of the first subject of its first course. One query."""
    rows = ProgrammeCourse.objects.filter(programme__in=list(programmes))
    pairs = rows.order_by("-sort_order", "-course__subjects__pk").values_list(
        "programme", "course__subjects"
    )
    return {number: hue_of([subject]) for number, subject in pairs if subject}


def _foreign(spoken: str, language: str) -> str:
    return "" if spoken == language else spoken
