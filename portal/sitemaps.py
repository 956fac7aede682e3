"""The sitemap in parts: pages, and each kind of the catalogue's entries with all its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

from catalog.addresses import own_entry_url
from catalog.models import Centre, Course, CourseText, Programme, Provider
from home.cache import kept
from home.languages.translated import Translated
from home.navigation import address, home_pages, language_codes, site_for

COURSES_PER_PART = 1000
SMALL = {
    "programme": lambda: Programme.objects.filter(live=True).values_list("pk", "title"),
    "provider": lambda: Provider.objects.values_list("pk", "name"),
    "centre": lambda: Centre.objects.values_list("pk", "name"),
}


@dataclass(frozen=True)
class Entry:
    """One thing: its paths by language, each a ``<url>`` that names all the others."""

    addresses: dict[str, str]
    changed: datetime | None = None


@kept
def parts() -> tuple[str, ...]:
    """Names of the parts: ``page``, ``course-0``, …; a course's number decides its part."""
    block = F("pk") / COURSES_PER_PART
    rows = Course.objects.public().order_by().annotate(block=block).values_list("block", flat=True)
    return ("page", *SMALL, *(f"course-{number}" for number in sorted(set(rows.distinct()))))


def entries(request: HttpRequest, kind: str, number: int) -> Iterable[Entry] | None:
    """The entries of a part; None when there is no such part."""
    site = site_for(request)
    homes = home_pages(site.pk if site else 0)
    if kind == "page" and not number:
        return _pages(homes)
    if kind in SMALL and not number:
        return _small(kind, homes)
    if kind == "course":
        return _courses(number, homes)
    return None


def _pages(homes: dict[str, Page]) -> Iterator[Entry]:
    """Public pages that are written in their own language; two queries."""
    below = Q()
    for home in homes.values():
        below |= Q(path__startswith=home.path)
    if not homes:
        return
    rows = Page.objects.live().filter(below).select_related("alias_of").defer_streamfields()
    guarded = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    found: dict[object, tuple[dict[str, str], list[datetime]]] = {}
    for page in rows.order_by("path"):
        if guarded and page.path.startswith(guarded):
            continue
        if page.alias_of and page.alias_of.locale_id != page.locale_id:
            continue
        code = language_codes()[page.locale_id]
        addresses, changed = found.setdefault(page.translation_key, ({}, []))
        addresses[code] = address(page, homes[code], code)
        changed += [page.last_published_at] if page.last_published_at else []
    for addresses, changed in found.values():
        yield Entry(addresses, max(changed, default=None))


def _small(kind: str, homes: Iterable[str]) -> Iterator[Entry]:
    for number, name in SMALL[kind]():
        yield Entry(_addresses(kind, number, Translated(name), homes))


def _courses(block: int, homes: Iterable[str]) -> list[Entry] | None:
    """The courses of one part; one query."""
    first = block * COURSES_PER_PART
    texts: QuerySet = CourseText.objects.filter(
        live=True,
        course__withdrawn_at=None,
        course__gte=first,
        course__lt=first + COURSES_PER_PART,
    )
    rows = texts.order_by("course_id", "pk").values_list(
        "course_id", "locale_id", "title", "last_published_at"
    )
    found: dict[int, tuple[dict[str, str], list[datetime]]] = {}
    for number, locale, title, published in rows:
        titles, changed = found.setdefault(number, ({}, []))
        titles[language_codes()[locale]] = title
        changed += [published] if published else []
    return [
        Entry(_addresses("course", number, titles, homes), max(changed, default=None))
        for number, (titles, changed) in found.items()
    ] or None


def _addresses(
    kind: str, number: int, titles: dict[str, str], homes: Iterable[str]
) -> dict[str, str]:
    made = {
        code: own_entry_url(kind, number, titles[code], code) for code in homes if titles.get(code)
    }
    return {code: url for code, url in made.items() if url}
