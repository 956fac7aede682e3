"""Hits turned into what a reader sees: title, summary, facts and state of each entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.addresses import centre_url, programme_url, provider_url
from catalog.availability import Availability
from catalog.models import Centre, Programme, Provider
from catalog.selectors.card_facts import CardFacts
from catalog.selectors.cards import Card, cards
from catalog.selectors.vocabulary import countries, provider_fact
from home.languages.dates import written_day
from home.languages.facts import language_name
from home.languages.translated import Translated
from home.models import NewsPage

from .documents.pages import TYPES, published
from .highlight import Marks, highlight

Segments = list[tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """One entry in a list; ``title`` and ``summary`` are segments, marked where they match.

    ``language`` is that of the words, ``foreign`` its name unless it is the reader's. ``start`` is
    a sentence, ``facts`` are a few words each, ``languages`` those the entry is there in.
    """

    key: str
    type: str
    code: str
    title: Segments
    summary: Segments
    url: str
    language: str
    foreign: str
    facts: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    availability: Availability | None = None
    start: str = ""


@dataclass(frozen=True)
class Reader:
    """Who reads, when, what is marked, and what documents ``shown`` by key say of themselves."""

    language: str
    marks: Marks
    now: datetime
    shown: Mapping[str, Mapping[str, Any]]

    def result(self, key: str, words: str, title: str, summary: str, **facts: object) -> Result:
        """A result whose title and summary are in the language ``words``."""
        return Result(
            key=key,
            title=highlight(title, words, self.marks),
            summary=highlight(summary, words, self.marks),
            language=words,
            foreign=language_name(words, self.language) if words != self.language else "",
            **({"code": "", "type": key.partition(":")[0]} | facts),
        )


def load(
    keys: Sequence[str],
    language: str,
    marks: Marks,
    now: datetime,
    shown: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Result]:
    """Results in the order of ``keys``; what left the catalogue meanwhile is left out.

    ``shown``: what documents show, by key, where that is as the tables have it. Four queries for
    courses, one where all are ``shown``; one or two for every other kind, however many keys.
    """
    reader, by_kind = Reader(language, marks, now, shown or {}), defaultdict(list)
    for key in keys:
        kind, _colon, number = key.partition(":")
        by_kind[kind].append(number)
    found: dict[str, Result] = {}
    for kind, numbers in by_kind.items():
        for result in _LOADERS[kind](numbers, reader):
            found[result.key] = result
    return [found[key] for key in keys if key in found]


def _courses(numbers: list[str], reader: Reader) -> Iterable[Result]:
    wanted = [int(number) for number in numbers]
    known = {number: facts for number in wanted if (facts := _facts(number, reader))}
    for card in cards(wanted, reader.language, reader.now, known):
        yield _course(card, reader)


def _facts(number: int, reader: Reader) -> CardFacts | None:
    """What the document of a course says of it; None when the tables must be asked."""
    shown = reader.shown.get(f"course:{number}")
    try:
        return CardFacts.of_plain(number, shown) if shown else None
    except (KeyError, TypeError, ValueError):
        # An index of another release.
        return None


def _course(card: Card, reader: Reader) -> Result:
    text = card.text
    return reader.result(
        f"course:{card.course.pk}",
        text.language,
        text.title,
        text.summary,
        code=card.course.code,
        url=card.url,
        facts=card.facts,
        languages=card.languages,
        availability=card.availability,
        start=card.start,
    )


def _programmes(numbers: list[str], reader: Reader) -> Iterable[Result]:
    rows = Programme.objects.filter(live=True, pk__in=[int(number) for number in numbers])
    for row in rows.defer("about", "outcomes").annotate(length=Count("steps")):
        provider = provider_fact(row.provider_id)
        length = ngettext("%(count)d course", "%(count)d courses", row.length)
        facts = [str(provider.name) if provider else "", row.get_level_display()]
        yield _named(
            f"programme:{row.pk}",
            row.title,
            row.summary,
            reader,
            code=row.code,
            url=programme_url(row.pk, str(row.title), reader.language),
            facts=[fact for fact in (*facts, length % {"count": row.length}) if fact],
        )


def _providers(numbers: list[str], reader: Reader) -> Iterable[Result]:
    for row in Provider.objects.filter(pk__in=[int(number) for number in numbers]).defer("about"):
        yield _named(
            f"provider:{row.pk}",
            row.name,
            row.summary,
            reader,
            code=row.code,
            url=provider_url(row.pk, str(row.name), reader.language),
            facts=_place(row),
        )


def _centres(numbers: list[str], reader: Reader) -> Iterable[Result]:
    for row in Centre.objects.filter(pk__in=[int(number) for number in numbers]):
        status = "" if row.status == Centre.Status.OPEN else row.get_status_display()
        facts = [row.get_kind_display(), *_place(row), status]
        yield _named(
            f"centre:{row.pk}",
            row.name,
            row.address,
            reader,
            code=row.code,
            url=centre_url(row.pk, str(row.name), reader.language),
            facts=[fact for fact in facts if fact],
        )


def _place(row: Provider | Centre) -> list[str]:
    country = countries().get(row.country_id)
    return [name for name in (str(row.city), str(country.name) if country else "") if name]


def _named(
    key: str, name: Translated, summary: Translated, reader: Reader, **facts: object
) -> Result:
    words = name.language(reader.language)
    return reader.result(
        key,
        words,
        name.text(reader.language),
        summary.get(words, ""),
        languages=tuple(code for code, text in name.items() if text),
        **facts,
    )


def _pages(numbers: list[str], reader: Reader) -> Iterable[Result]:
    wanted = [UUID(hex=number) for number in numbers]
    for kind, model in TYPES.items():
        groups = defaultdict(dict)
        for row in published(model).filter(translation_key__in=wanted).select_related("locale"):
            groups[row.translation_key][row.locale.language_code] = row
        for key, by_language in groups.items():
            words = Translated(dict.fromkeys(by_language, "x")).language(reader.language)
            page = by_language.get(words) or next(iter(by_language.values()))
            yield reader.result(
                f"page:{key.hex}",
                page.locale.language_code,
                page.title,
                page.intro,
                type=kind,
                url=page.get_url() or "",
                facts=[written_day(page.date)] if isinstance(page, NewsPage) else [_("Page")],
                languages=tuple(by_language),
            )


_LOADERS: dict[str, Callable[[list[str], Reader], Iterable[Result]]] = {
    "course": _courses,
    "programme": _programmes,
    "provider": _providers,
    "centre": _centres,
    "page": _pages,
}
