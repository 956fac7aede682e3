"""The index pages themselves: newest courses with the subjects, programmes, providers, centres."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog import structured_data
from catalog.addresses import INDEXES, centre_url, own_index_path, programme_url, provider_url
from catalog.models import Centre, Course, Programme
from catalog.selectors.cards import cards, soonest
from catalog.selectors.centres import all_centres
from catalog.selectors.counts import Counted, provider_counts, public_count, subject_tree
from catalog.selectors.vocabulary import countries, provider_fact, providers
from home.languages.collation import sort_key
from home.models import EntryIndexPage
from home.navigation import frame_for
from home.paging import page_of

from .frame import active_language, page, require_safe
from .kept import PARAMETER, kept_courses

COURSES, PROGRAMMES = 20, 20


@require_safe
def courses(request: HttpRequest, index_page: EntryIndexPage) -> HttpResponse:
    """The newest courses, twenty to a page, below the subjects; or a kept list. Five queries."""
    if PARAMETER in request.GET:
        return kept_courses(request, index_page, request.GET[PARAMETER])
    language, count = active_language(), public_count()
    rows = Course.objects.public().order_by("-pk").values_list("pk", flat=True)
    paged = page_of(Counted(rows, count), request.GET.get("page"), COURSES)
    shown = cards(paged.object_list, language, timezone.now())
    base = frame_for(request).base_url
    context = {
        "count": count,
        "subjects": subject_tree() if paged.number == 1 else (),
        "courses": shown,
        "paged": paged,
        "structured_data": structured_data.course_list(
            structured_data.listed(
                card.text.title, card.text.summary, card.provider, base, card.url
            )
            for card in shown
        ),
    }
    return _list(request, "courses", context, index_page, soonest(shown))


@require_safe
def programmes(request: HttpRequest, index_page: EntryIndexPage) -> HttpResponse:
    """Published programmes, twenty to a page. Two queries."""
    language = active_language()
    rows = (
        Programme.objects.filter(live=True)
        .only("code", "title", "summary", "level", "provider_id")
        .annotate(length=Count("steps"))
        .order_by("code")
    )
    paged = page_of(rows, request.GET.get("page"), PROGRAMMES)
    context = {
        "paged": paged,
        "programmes": [
            {
                "programme": row,
                "url": programme_url(row.pk, str(row.title), language),
                "language": row.title.language(language),
                "provider": provider_fact(row.provider_id),
            }
            for row in paged.object_list
        ],
    }
    return _list(request, "programmes", context, index_page)


@require_safe
def provider_list(request: HttpRequest, index_page: EntryIndexPage) -> HttpResponse:
    """All providers by country, in alphabetical order. No queries while vocabularies are kept."""
    language, counts, places = active_language(), provider_counts(), countries()
    order = {number: place for place, number in enumerate(places)}
    rows = sorted(
        providers().values(),
        key=lambda row: (order.get(row.country, 0), sort_key(str(row.name), language)),
    )
    groups = [
        (
            places.get(country),
            [
                {
                    "provider": row,
                    "url": provider_url(row.pk, str(row.name), language),
                    "language": row.name.language(language),
                    "count": counts.get(row.pk, 0),
                }
                for row in group
            ],
        )
        for country, group in groupby(rows, key=lambda row: row.country)
    ]
    return _list(request, "providers", {"groups": groups}, index_page)


@require_safe
def centres(request: HttpRequest, index_page: EntryIndexPage) -> HttpResponse:
    """All centres by country and region, open ones first. No queries while they are kept."""
    language, places = active_language(), countries()
    order = {number: place for place, number in enumerate(places)}

    def area(centre: Centre) -> tuple[int, str]:
        return order.get(centre.country_id, 0), sort_key(str(centre.region), language)

    rows = sorted(all_centres(), key=area)
    groups = [
        (
            places.get(group[0].country_id),
            str(group[0].region),
            [
                {
                    "centre": row,
                    "url": centre_url(row.pk, str(row.name), language),
                    "language": row.name.language(language),
                }
                for row in group
            ],
        )
        for group in (list(found) for _area, found in groupby(rows, key=area))
    ]
    return _list(request, "centres", {"groups": groups}, index_page)


def _list(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    index_page: EntryIndexPage,
    expires_at: datetime | None = None,
) -> HttpResponse:
    """Lists stand in every language that has an index page of this kind."""
    kind = next(kind for kind, model in INDEXES.items() if isinstance(index_page, model))
    frame = frame_for(request)
    paths = {code: own_index_path(kind, code) for code in frame.languages}
    context |= {
        "index_page": index_page,
        "crumbs": [],
        "alternates": {code: path for code, path in paths.items() if path},
    }
    return page(request, f"catalog/{name}.html", context, expires_at=expires_at)
