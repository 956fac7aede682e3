"""Compares what is wanted with what the LMSs say, in small batches, all the year round."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from catalog.lms import Ability, Account, Outcome, Place, Reason, Result, Scope
from catalog.models import LMSConnection

from . import mailing, waking
from .asking import accounts_in, ask
from .models import Enrolment, EnrolmentEvent
from .settling import OF_CONNECTION

Work = Enrolment.Work
EVERY = timedelta(hours=24)
# Places of runs that ended longer ago are history.
AFTERWARDS = timedelta(days=30)
BATCH = 100
SECONDS = 20.0


def reconcile(now: datetime | None = None, seconds: float = SECONDS) -> int:
    """Ask about those not asked about for longest; returns how many were found different.

    An LMS that does not answer is left for the next time.
    """
    now, until = now or timezone.now(), time.monotonic() + seconds
    connections = LMSConnection.objects.filter(active=True).order_by("?")
    return sum(_reconcile(connection, now, until) for connection in connections)


def _reconcile(connection: LMSConnection, now: datetime, until: float) -> int:
    different, rows = 0, list(_to_check(connection, now))
    accounts = accounts_in(connection, (row.person_id for row in rows))
    for row in rows:
        if time.monotonic() > until:
            break
        result = _status(row, accounts.get(row.person_id))
        if result.outcome not in (Outcome.RETRY, Outcome.MISCONFIGURED):
            different += _note(row, result, now)
        elif result.scope is Scope.CONNECTION:
            break
        else:
            # One odd course or person must not stand before all others for ever.
            Enrolment.objects.filter(pk=row.pk).update(checked_at=now)
    return different


def _to_check(connection: LMSConnection, now: datetime) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(
        connection=connection, work=Work.SETTLED, begun_at__isnull=False
    )
    rows = rows.exclude(place=Enrolment.Place.AT_LAUNCH)
    rows = rows.exclude(checked_at__gt=now - EVERY).exclude(run__end__lt=now - AFTERWARDS)
    rows = rows.order_by(F("checked_at").asc(nulls_first=True), "pk")
    return rows.select_related("person", "connection", "run__course__provider")[:BATCH]


def _status(row: Enrolment, account: Account | None) -> Result[Place]:
    """What the LMS says; where it cannot be asked, what is known stands."""
    result = ask(
        row.connection,
        account,
        Ability.STATUS,
        lambda connector, account: connector.status(account, row.lms_key),
    )
    if result.reason is Reason.NOT_OFFERED:
        return Result(Reason.DONE, Place(row.place))
    return result


@transaction.atomic
def _note(row: Enrolment, result: Result[Place], now: datetime) -> bool:
    """Write down where the person stands; True when that is not what was thought."""
    stored = Enrolment.objects.select_for_update().get(pk=row.pk)
    if stored.wish != row.wish or stored.work != Work.SETTLED:
        return False
    found = str(result.value) if result.value is not None else Enrolment.Place.NONE
    stored.checked_at = now
    changed = found != stored.place
    if changed:
        stored.place, stored.place_at = found, now
        EnrolmentEvent.objects.create(
            enrolment=stored, kind=EnrolmentEvent.Kind.FOUND, at=now, detail=found, raw=result.raw
        )
        _follow(row, stored, now)
    stored.save()
    return changed


def _follow(row: Enrolment, stored: Enrolment, now: datetime) -> None:
    """Who was taken out there is not put back by a machine; who gave back is taken out again."""
    if stored.wanted and stored.place == Enrolment.Place.NONE:
        stored.work, stored.reason = Work.STUCK, Reason.NOT_ENROLLED
        mailing.to_office(row, Reason.NOT_ENROLLED, now)
    elif not stored.wanted and stored.place == Enrolment.Place.ACTIVE:
        stored.work, stored.next_try, stored.attempts = Work.DUE, now, 0
        waking.on_commit()


def probe(now: datetime | None = None) -> int:
    """Let one wish of each stuck group try again; its success frees the others."""
    now = now or timezone.now()
    stuck = Enrolment.objects.filter(
        work=Work.STUCK, reason__in=OF_CONNECTION, connection__active=True
    )
    groups = stuck.order_by().values("connection", "reason").annotate(first=Min("pk"))
    numbers = [group["first"] for group in groups]
    return Enrolment.objects.filter(pk__in=numbers, work=Work.STUCK).update(
        work=Work.DUE, next_try=now
    )
