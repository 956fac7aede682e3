"""How one's own enrolment stands, and giving the place back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from catalog.addresses import course_url
from catalog.views.doors import launch_of
from home.navigation import active_language

from .. import selectors
from ..models import Enrolment
from ..posting import described, title_of
from ..requesting import may_withdraw, withdraw
from ..sentences import contact, state_of
from .private import private


@private
def status(request: HttpRequest, number: int) -> HttpResponse:
    """The state in words, true at this moment; people see only their own. Http404 for others'."""
    row = get_object_or_404(selectors.own(request.user), pk=number)
    now, language, course = timezone.now(), active_language(), row.run.course
    title = title_of(course, language)
    url = "" if course.is_withdrawn else course_url(course.pk, title, language)
    launch = launch_of(row.connection, row.lms_key, language)
    context = {
        "noindex": True,
        "crumbs": [(title, url)] if url else [],
        "row": row,
        # Not "title": base.html keeps the words of its own block under that name.
        "course_title": title,
        "course_url": url,
        "state": state_of(row),
        "run": described(row.run, language, now),
        "may_enter": row.is_confirmed and row.connection.active,
        "host": launch.host if launch else "",
        "contact": contact(course),
        "may_withdraw": may_withdraw(row, now) and row.work != Enrolment.Work.REFUSED,
        "events": row.events.all(),
    }
    return render(request, "enrolment/status.html", context)


@private
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    """POST gives the place back; either way the state is shown."""
    row = get_object_or_404(selectors.own(request.user), pk=number)
    if request.method == "POST":
        withdraw(row.pk, request.user)
    return redirect("enrolment:status", row.pk)
