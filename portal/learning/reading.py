"""Reads from the LMSs how far people have come, in small batches, those asked longest ago first."""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from catalog.enrolment.asking import accounts_in, ask
from catalog.enrolment.models import Enrolment
from catalog.lms import Ability, Account, Result, Scope
from catalog.lms import Progress as Told
from catalog.models import LMSConnection

from .models import Progress

EVERY = timedelta(hours=6)
# Grades of runs that ended longer ago do not change any more.
AFTERWARDS = timedelta(days=60)
BATCH = 100
SECONDS = 15.0
_FIELDS = [field.name for field in fields(Told)]


def read_progress(now: datetime | None = None, seconds: float = SECONDS) -> int:
    """Ask about those not asked about for longest; returns how many answers came."""
    now, until = now or timezone.now(), time.monotonic() + seconds
    return sum(
        _read(connection, now, until)
        for connection in LMSConnection.objects.filter(active=True).order_by("?")
    )


def _read(connection: LMSConnection, now: datetime, until: float) -> int:
    rows = list(_to_ask(connection, now))
    accounts = accounts_in(connection, (row.person_id for row in rows))
    count = 0
    for row in rows:
        if time.monotonic() > until:
            break
        result = _ask(connection, accounts.get(row.person_id), row.lms_key)
        if not result.ok and result.scope is Scope.CONNECTION:
            # The LMS is away; everybody waits, nobody is pushed back in the line.
            break
        count += _note(row, result, now)
    return count


def _to_ask(connection: LMSConnection, now: datetime) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(connection=connection, wanted=True)
    rows = rows.filter(place__in=[Enrolment.Place.ACTIVE, Enrolment.Place.AT_LAUNCH])
    rows = rows.exclude(run__end__lt=now - AFTERWARDS)
    rows = rows.filter(Q(progress=None) | Q(progress__asked_at__lte=now - EVERY))
    return rows.order_by(F("progress__asked_at").asc(nulls_first=True), "pk")[:BATCH]


def take_grade(connection: int, key: str, username: str, **_told: object) -> None:
    """A tool has sent a grade: it shows at once, not with the next round."""
    rows = Enrolment.objects.filter(connection=connection, lms_key=key, person__username=username)
    for row in rows.filter(place_at__isnull=False).select_related("connection"):
        accounts = accounts_in(row.connection, [row.person_id])
        result = _ask(row.connection, accounts.get(row.person_id), key)
        _note(row, result, timezone.now())


def _ask(connection: LMSConnection, account: Account | None, key: str) -> Result[Told]:
    return ask(
        connection,
        account,
        Ability.PROGRESS,
        lambda connector, account: connector.progress(account, key),
    )


def _note(row: Enrolment, result: Result[Told], now: datetime) -> bool:
    """Keep what was told; what was known before stays when nothing was."""
    told = {"asked_at": now}
    if result.ok and result.value is not None:
        told |= {name: getattr(result.value, name) for name in _FIELDS} | {"read_at": now}
        told["certificate_url"] = _web_address(result.value.certificate_url)
    Progress.objects.update_or_create(enrolment=row, defaults=told)
    return "read_at" in told


def _web_address(url: str) -> str:
    """An address that a link may lead to; "" for anything else an LMS may say."""
    try:
        is_web = urlsplit(url).scheme in ("https", "http") and len(url) <= 500
    except ValueError:
        return ""
    return url if is_web else ""
