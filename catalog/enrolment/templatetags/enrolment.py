"""What the page of a course says to somebody who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from catalog.enrolment.models import Enrolment
from catalog.enrolment.referring import may_note
from catalog.enrolment.selectors import own_in
from catalog.enrolment.sentences import State, state_of
from catalog.models import Course
from catalog.views.doors import Door
from catalog.views.runs import RunRow
from home.languages.dates import written_day, written_time

register = template.Library()


@register.simple_tag
def own_enrolments(request: HttpRequest, course: Course) -> list[tuple[Enrolment, State]]:
    """The reader's enrolments in ``course`` with their states; none for whoever is nobody."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated or course.pk is None:
        return []
    return [(row, state_of(row)) for row in own_in(user, course)]


@register.simple_tag
def noted_way(request: HttpRequest, course: Course, door: Door) -> str:
    """The way out that the reader's list remembers; "" where there is none to remember."""
    user: Any = getattr(request, "user", None)
    if user is None or not door.leaves or course.pk is None or not may_note(user):
        return ""
    return reverse("enrolment:leave", args=[course.pk])


@register.filter
def of_run(rows: Mapping[int, RunRow], number: Any) -> RunRow | None:
    """The row of the run with this number."""
    return rows.get(int(number))


@register.filter
def moment(value: datetime) -> str:
    """Day and time in words, by the portal's clock."""
    return f"{written_day(value)}, {written_time(value)}"
