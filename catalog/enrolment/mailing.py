"""Decides who is written to; the mails are rows until the worker sends them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from catalog.lms.reasons import MEANINGS, Scope
from catalog.people.models import User
from home.models import SiteSettings

from .models import Approval, Enrolment, Mail

Kind = Mail.Kind
# Said once for each wish, however often it happens.
ONCE = frozenset({Kind.DELAYED, Kind.FIRST_VISIT})
# One fault of an LMS stops hundreds of people; the office hears of it once in this time.
QUIET = timedelta(hours=6)


def known_language(*codes: str) -> str:
    """The first of these that the portal speaks, else its own."""
    known = dict(settings.LANGUAGES)
    return next((code for code in codes if code in known), settings.LANGUAGE_CODE)


def language_of(row: Enrolment) -> str:
    """The language of the person's account, or of the page where they asked."""
    return known_language(row.person.language, row.language)


def to_person(
    row: Enrolment, kind: str, *, approval: Approval | None = None, reason: str = ""
) -> None:
    """Write to the person of ``row``, in the caller's transaction; nothing without an address."""
    if not row.person.email or not row.person.is_active:
        return
    if kind in ONCE and row.mails.filter(kind=kind, written_at__gte=row.wanted_at).exists():
        return
    Mail.objects.create(
        kind=kind,
        to=row.person.email,
        language=language_of(row),
        enrolment=row,
        approval=approval,
        reason=reason,
    )


def to_office(row: Enrolment, reason: str, now: datetime) -> None:
    """Tell whoever can act: the portal's office for the connection, the course's for the rest."""
    to = _office(row, reason)
    said = Mail.objects.filter(
        kind=Kind.SUPPORT, to=to, reason=reason, written_at__gt=now - QUIET
    ).filter(enrolment__connection=row.connection_id)
    if not to or (is_of_connection(reason) and said.exists()):
        return
    if said.filter(enrolment__run=row.run_id).exists():
        return
    Mail.objects.create(
        kind=Kind.SUPPORT,
        to=to,
        language=_office_language(to),
        enrolment=row,
        reason=reason,
        written_at=now,
    )


def is_of_connection(reason: str) -> bool:
    """True for what stops everybody on this LMS."""
    return reason in MEANINGS and MEANINGS[reason].scope is Scope.CONNECTION


def _office(row: Enrolment, reason: str) -> str:
    course = row.run.course
    site = SiteSettings.objects.exclude(contact_email="").order_by("pk")
    central = site.values_list("contact_email", flat=True).first() or ""
    own = course.contact_email or course.provider.email
    return (central or own) if is_of_connection(reason) else (own or central)


def _office_language(to: str) -> str:
    colleague = User.objects.filter(email__iexact=to).only("language").first()
    return known_language(colleague.language if colleague else "")
