"""Everything the portal keeps about a person, for the person (GDPR articles 15 and 20)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext as _

from catalog.connections.lti_models import LTIScore
from catalog.enrolment.models import (
    Enrolment,
    EnrolmentEvent,
    LMSAccount,
    OpenNotice,
    Referral,
    ReferralEvent,
)
from catalog.people.models import User
from home.contact.services import messages_of
from home.spreadsheets import harmless

from .selectors import Item, Learning


def everything(person: User, language: str) -> dict[str, Any]:
    """Plain values by subject, ready for JSON; no secrets, and nothing of other people."""
    return {
        "account": {
            "username": person.username,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "emails": list(EmailAddress.objects.filter(user=person).values("email", "verified")),
            "country": str(person.country or ""),
            "institution": str(person.institution or ""),
            "language": person.language,
            "joined": _written(person.date_joined),
            "last_sign_in": _written(person.last_login),
        },
        "sign_in_services": _rows(
            SocialAccount.objects.filter(user=person), "provider", "uid", "last_login"
        ),
        "consents": _rows(
            person.consents.select_related("text"), "text__version", "language", "given_at"
        ),
        "lms_accounts": _rows(
            LMSAccount.objects.filter(person=person), "connection__code", "remote_id", "username"
        ),
        "enrolments": [_enrolment(row) for row in _enrolments(person)],
        "opened_at_providers": [_referral(row) for row in _referrals(person)],
        "lti_scores": _rows(
            LTIScore.objects.filter(subject=person.username),
            *("column__label", "given", "maximum", "is_completed", "at"),
        ),
        "opening_notices": _rows(OpenNotice.objects.filter(person=person), "course__code"),
        "help_messages": _rows(
            messages_of(person).order_by("pk"),
            *("reference", "created_at", "name", "email", "topic", "message", "state"),
        ),
    }


def _enrolments(person: User) -> Iterable[Enrolment]:
    rows = Enrolment.objects.filter(person=person).select_related(
        "run__course", "connection", "progress"
    )
    return rows.prefetch_related("events", "mails").order_by("pk")


def _enrolment(row: Enrolment) -> dict[str, Any]:
    progress = getattr(row, "progress", None)
    return {
        "course": row.run.course.code,
        "run": row.run.code,
        "lms": row.connection.code,
        "wanted": row.wanted,
        "wanted_since": _written(row.wanted_at),
        "place": row.place,
        "place_since": _written(row.place_at),
        "state": row.work,
        "reason": row.reason,
        "history": _history(row.events.all()),
        "mails": [{"kind": one.kind, "sent": _written(one.sent_at)} for one in row.mails.all()],
        "progress": progress
        and {
            "percent": progress.percent,
            "completed": progress.completed,
            "completed_at": _written(progress.completed_at),
            "grade": progress.grade,
            "grade_max": progress.grade_max,
            "passed": progress.passed,
            "certificate": progress.certificate_url,
            "read_at": _written(progress.read_at),
        },
    }


def _referrals(person: User) -> Iterable[Referral]:
    rows = Referral.objects.filter(person=person).select_related("course", "connection")
    return rows.prefetch_related("events").order_by("pk")


def _referral(row: Referral) -> dict[str, Any]:
    return {
        "course": row.course.code,
        "lms": row.connection.code if row.connection else "",
        "wanted": row.wanted,
        "wanted_since": _written(row.wanted_at),
        "history": _history(row.events.all()),
    }


def _history(events: Iterable[EnrolmentEvent | ReferralEvent]) -> list[dict[str, Any]]:
    return [{"at": _written(one.at), "what": one.kind} for one in events]


def _rows(queryset: Any, *names: str) -> list[dict[str, Any]]:
    return [
        {name.replace("__", "_"): _plain(value) for name, value in row.items()}
        for row in queryset.values(*names)
    ]


def _plain(value: Any) -> Any:
    return _written(value) if isinstance(value, datetime) else value


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def as_csv(found: Learning) -> str:
    """The list of "My learning" as a table that spreadsheets open, one row a course."""
    table = io.StringIO()
    writer = csv.writer(table)
    names = (_("Code"), _("Course"), _("Run"), _("State"), _("Dates"), _("Progress, %"), _("Grade"))
    writer.writerow(names)
    rows = [_cells(item) for item in (*found.current, *found.over, *found.given_back)]
    rows += [(item.code, item.title, "", item.heading, "", "", "") for item in found.outside]
    for cells in rows:
        writer.writerow(harmless(str(cell)) for cell in cells)
    return "\ufeff" + table.getvalue()


def _cells(item: Item) -> tuple[Any, ...]:
    percent = "" if item.percent is None else item.percent
    codes = (item.row.run.course.code, item.title, item.row.run.code)
    return (*codes, item.state.heading, item.run.dates, percent, item.grade)
