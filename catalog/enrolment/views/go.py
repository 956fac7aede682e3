"""Into the course: the LMS's own page, signed in where it offers that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from catalog.lms import Account, Launch
from catalog.views.doors import launch_of
from home.navigation import active_language

from .. import selectors
from ..models import Enrolment, LMSAccount
from .private import private


@private
def go(request: HttpRequest, number: int) -> HttpResponse:
    """A redirect into the course, for whoever has a place there; else the state is shown.

    The one request that may wait for an LMS: a key for one use is worth nothing when made ahead.
    Where the LMS gives none, its plain page is opened.
    """
    row = get_object_or_404(selectors.own(request.user), pk=number)
    launch = entrance(row, active_language()) if row.is_confirmed else None
    if launch is None:
        if row.is_confirmed:
            messages.warning(request, _("The learning system does not answer. Try again later."))
        return redirect("enrolment:status", row.pk)
    return HttpResponseRedirect(launch.url)


def entrance(row: Enrolment, language: str) -> Launch | None:
    """Where this person enters; None when nobody can say just now."""
    plain = launch_of(row.connection, row.lms_key, language)
    line = LMSAccount.objects.filter(person=row.person_id, connection=row.connection_id).first()
    if line is None or not row.connection.active:
        return plain
    account = Account(line.remote_id, line.username or row.person.username)
    try:
        result = row.connection.connector.launch_url(account, row.lms_key, language)
    except KeyError:
        return plain
    return result.value if result.ok and result.value is not None else plain
