"""Pages of "My learning"; private, without JavaScript."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.enrolment import referring
from catalog.people.private import private
from catalog.people.signin.fresh import ask_again, is_fresh
from home.navigation import active_language, frame_for

from . import calendar, erasing, export
from .selectors import learning


@private
@login_required
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """Everything the person asked for, what comes next first."""
    context = {
        "noindex": True,
        "crumbs": [],
        "learning": learning(request.user, active_language(), timezone.now()),
        "calendar": calendar.address_of(request.user, frame_for(request).base_url),
    }
    return render(request, "learning/my_learning.html", context)


@private
@login_required
@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """A new address for the calendar."""
    calendar.renew(request.user)
    messages.success(request, _("Your calendar has a new address. The old one is void."))
    return redirect("learning")


@private
@login_required
@require_POST
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """A course that was opened at its provider leaves the list; others' numbers change nothing."""
    if referring.remove(request.user, int(number)):
        messages.success(request, _("The course stands in your list no more."))
    return redirect("learning")


@private
@login_required
@require_safe
def export_data(request: HttpRequest, kind: str) -> HttpResponse:
    """All of the person's data as JSON, or their courses as a table."""
    language = active_language()
    if kind == "csv":
        body = export.as_csv(learning(request.user, language, timezone.now()))
        response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    else:
        data = export.everything(request.user, language)
        body = json.dumps(data, ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-learning.{kind}"'
    return response


@private
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """GET says what will happen, POST with the box ticked does it and signs out.

    Whoever finds somebody else's session open must not be able to.
    """
    allowed = erasing.may_erase(request.user)
    if allowed and not is_fresh(request):
        return ask_again(request, reverse("account_erase"))
    missing = False
    if request.method == "POST" and allowed:
        if request.POST.get("sure") == "yes":
            erasing.erase(request.user)
            logout(request)
            return HttpResponseRedirect(frame_for(request).home_url)
        missing = True
    context = {"noindex": True, "crumbs": [], "allowed": allowed, "missing": missing}
    return render(request, "learning/erase.html", context, status=400 if missing else 200)
