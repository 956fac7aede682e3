"""Keeps messages of the help form, tells when there are too many, erases old ones."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.clients import client_address
from home.models import HelpMessage
from home.navigation import active_language, site_for, site_settings

WINDOW = timedelta(hours=1)
# From one sender and from all together, in that time.
MOST_EACH, MOST_TOGETHER = 5, 300
# Without letters and digits that look alike.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def is_too_much(request: HttpRequest) -> bool:
    """True when this sender, or everybody together, has written enough for now.

    The machine itself is not counted as a sender.
    """
    recent = HelpMessage.objects.filter(created_at__gt=timezone.now() - WINDOW)
    sender = _sender(request)
    if sender and recent.filter(sender=sender)[:MOST_EACH].count() == MOST_EACH:
        return True
    return recent[:MOST_TOGETHER].count() == MOST_TOGETHER


def keep(request: HttpRequest, words: dict[str, Any]) -> HelpMessage:
    """Store a message (``cleaned_data`` of the form); the worker mails it."""
    return HelpMessage.objects.create(
        reference=_reference(),
        site=site_for(request),
        language=active_language(),
        sender=_sender(request),
        person=request.user if request.user.is_authenticated else None,
        mail_due=timezone.now(),
        **{name: words[name] for name in ("name", "email", "topic", "message")},
    )


def messages_of(person: AbstractUser) -> QuerySet[HelpMessage]:
    """Those written while signed in, or with the person's address."""
    theirs = Q(person=person)
    if person.email:
        theirs |= Q(email__iexact=person.email)
    return HelpMessage.objects.filter(theirs)


def erase_old() -> int:
    """Erase what is older than the site's settings allow; returns how many went."""
    now, gone = timezone.now(), 0
    sites = HelpMessage.objects.order_by().values_list("site", flat=True).distinct()
    for site in sites:
        until = now - timedelta(days=site_settings(site or 0).help_days)
        old = HelpMessage.objects.filter(site=site, created_at__lt=until)
        gone += old.delete()[0]
    return gone


def _reference() -> str:
    """Eight signs in two groups, easy to say on the telephone and not to be guessed."""
    signs = "".join(secrets.choice(_SIGNS) for _place in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _sender(request: HttpRequest) -> str:
    """The same all day for one address, and nothing to find the address by; "" for us."""
    address = client_address(request)
    if not address:
        return ""
    return salted_hmac(f"home.contact {timezone.now():%Y-%m-%d}", address).hexdigest()[:32]
