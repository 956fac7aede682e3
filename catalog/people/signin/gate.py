"""The second factor, which everybody needs who may open the administration."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.people.models import User
from home.secrets import UnreadableSecret

from .mails import SWITCHED_OFF, mail_notice

logger = logging.getLogger(__name__)

ADMIN = "/admin/"
OPEN = frozenset({"/admin/login/", "/admin/logout/", "/admin/password_reset/"})


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: below ``/admin/``, sends staff to their second factor first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_guarded = request.path.startswith(ADMIN) and request.path not in OPEN
        if is_guarded and request.user.is_authenticated:
            if not request.user.has_perm("wagtailadmin.access_admin"):
                # Wagtail would send them to sign in, and signing in would send them back.
                raise PermissionDenied
            if not has_proved(request):
                return HttpResponseRedirect(_where(request))
        return get_response(request)

    middleware.process_exception = _sorry
    return middleware


def _sorry(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """503 in words where a stored secret cannot be opened: nobody is let in without it."""
    if not isinstance(exception, UnreadableSecret):
        return None
    logger.error("A second step cannot be opened: is its key missing from SECRETS_KEY?")
    context = {
        "is_error": True,
        "status": 503,
        "title": _("Your second step cannot be checked just now"),
        "advice": _("A key of the portal is missing. Tell an administrator, and try again later."),
    }
    response = render(request, "socialaccount/trouble.html", context, status=503)
    response["Cache-Control"] = "private, no-store"
    return response


def has_proved(request: HttpRequest) -> bool:
    """Whether the second factor was given in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def has_second_factor(user: User) -> bool:
    """Whether ``user`` has set one up."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def forget_second_factor(user: User) -> None:
    """Takes it away with the recovery codes, and says so by mail."""
    Authenticator.objects.filter(user=user).delete()
    mail_notice.enqueue(user.pk, SWITCHED_OFF)


def _where(request: HttpRequest) -> str:
    """Where it is asked for, or set up by those who have none yet."""
    is_there = has_second_factor(request.user)
    path = reverse("mfa_reauthenticate" if is_there else "mfa_activate_totp")
    back = request.get_full_path() if request.method == "GET" else ADMIN
    return f"{path}?{urlencode({'next': back})}"
