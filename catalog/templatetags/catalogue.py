"""Tags of the catalogue for the front page and for the frame of every page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils import timezone

from catalog.addresses import index_path
from catalog.front import lists, places, soon
from catalog.models import Course, Programme
from catalog.selectors.cards import Card, cards, soonest
from catalog.selectors.counts import Branch, subject_tree
from home.cache import expire_page_at
from home.navigation import Link, active_language

register = template.Library()


@register.simple_tag
def catalogue_path(kind: str) -> str:
    """Where entries of ``kind`` are listed; "" when no index page is published."""
    return index_path(kind, active_language())


@register.simple_tag
def institutions() -> tuple[Link, ...]:
    """Those that offer most, for the footer."""
    return lists.institutions(active_language())


@register.simple_tag
def subject_branches() -> tuple[Branch, ...]:
    """Subjects with the number of their courses, two levels."""
    return subject_tree()


@register.simple_tag
def featured_programmes() -> tuple[lists.ProgrammeRow, ...]:
    """Programmes for the front page."""
    return lists.featured_programmes(active_language())


@register.simple_tag
def figures() -> tuple[lists.Figure, ...]:
    """The catalogue in numbers."""
    return lists.figures(active_language())


@register.simple_tag(takes_context=True)
def starting_soon(context: template.Context) -> soon.Soon:
    """What starts next in the region that the address names."""
    request = context["request"]
    found = soon.starting_soon(request.GET.get("region", ""), active_language(), timezone.now())
    if found.until:
        expire_page_at(request, found.until)
    return found


@register.simple_tag(takes_context=True)
def course_cards(context: template.Context, courses: Iterable[Course | None]) -> list[Card]:
    """Cards of these courses; what visitors cannot see is left out. Four queries."""
    numbers = dict.fromkeys(course.pk for course in courses if course)
    found = cards(numbers, active_language(), timezone.now())
    until, request = soonest(found), context.get("request")
    if until and request:
        expire_page_at(request, until)
    return found


@register.simple_tag
def programme_rows(programmes: Iterable[Programme | None]) -> tuple[lists.ProgrammeRow, ...]:
    """Rows of the published ones among these. Two queries."""
    numbers = tuple(dict.fromkeys(row.pk for row in programmes if row and row.live))
    return lists.chosen_programmes(numbers, active_language())


@register.simple_tag
def centre_map() -> places.CentreMap:
    """Training centres on the map."""
    return places.centre_map(active_language())
