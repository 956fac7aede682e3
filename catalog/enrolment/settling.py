"""Writes down what came of a wish: row, history, seats and mails in one transaction."""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction

from catalog.availability import RunFacts, State, run_availability
from catalog.lms import Account, Place, Result, Scope
from catalog.lms.reasons import MEANINGS
from catalog.people.models import User

from . import mailing
from .models import Enrolment, EnrolmentEvent, LMSAccount, Mail
from .outcomes import HELD_BACK, Policy, Step, next_step
from .seats import lock_run, recount

Kind, Work = EnrolmentEvent.Kind, Enrolment.Work
# Reasons of the portal itself, beside those of the LMS.
WITHDRAWN, CANCELLED, OVER = "course_withdrawn", "run_cancelled", "run_over"
OF_CONNECTION = [reason for reason, said in MEANINGS.items() if said.scope is Scope.CONNECTION]


def begin(number: int, now: datetime) -> Enrolment | None:
    """The wish, marked as begun before anything is asked; None when it is not due any more."""
    with transaction.atomic():
        rows = Enrolment.objects.select_for_update(of=("self",))
        rows = rows.select_related("person", "connection", "run__course", "run__centre")
        row = rows.filter(pk=number).first()
        if row is None or row.next_try is None or row.next_try > now:
            return None
        if row.begun_at is None:
            row.begun_at = now
            row.save(update_fields=["begun_at"])
        return row


def why_not_any_more(row: Enrolment, now: datetime) -> str:
    """What has happened to course or run since the person asked; "" when nothing stands against."""
    if not row.wanted:
        return ""
    if row.run.course.is_withdrawn:
        return WITHDRAWN
    state = run_availability(RunFacts.of(row.run), now).state
    return {State.CANCELLED: CANCELLED, State.FINISHED: OVER}.get(state, "")


def remember_account(line: LMSAccount, account: Account) -> None:
    """Who the person is in the LMS."""
    line.remote_id, line.username = account.id[:200], account.username[:200]
    mine = LMSAccount.objects.filter(pk=line.pk, lease=line.lease)
    mine.update(remote_id=line.remote_id, username=line.username)


def refuse(row: Enrolment, line: LMSAccount, reason: str, now: datetime) -> bool:
    """The portal itself says no, late."""
    step = Step(Work.REFUSED, reason=reason, event=Kind.REFUSED, mail=Mail.Kind.PROBLEM)
    return _write(row, line, step, "", now)


def settle(
    row: Enrolment,
    line: LMSAccount,
    result: Result[Place],
    now: datetime,
    *,
    policy: Policy,
    dice: random.Random,
) -> bool:
    """Write down what the LMS said of ``row``; False when another worker has taken over."""
    step = next_step(result, row, now, policy=policy, dice=dice)
    is_written = _write(row, line, step, result.raw, now)
    if is_written and result.ok and row.reason in OF_CONNECTION:
        release_stuck(row.connection_id, row.reason, now)
    if result.reason in HELD_BACK:
        # All others would hear the same.
        waiting = Enrolment.objects.due(now).filter(connection=row.connection_id)
        waiting.update(next_try=step.next_try)
    return is_written


@transaction.atomic
def _write(row: Enrolment, line: LMSAccount, step: Step, raw: str, now: datetime) -> bool:
    run = lock_run(row.run_id) if step.work == Work.REFUSED else None
    held = LMSAccount.objects.select_for_update().filter(pk=line.pk).first()
    stored = Enrolment.objects.select_for_update().filter(pk=row.pk).first()
    # Another worker has taken over, or the person has erased their account meanwhile.
    if held is None or stored is None or held.lease != line.lease:
        return False
    if step.forgets_account:
        held.remote_id = held.username = line.remote_id = line.username = ""
        held.save(update_fields=["remote_id", "username"])
    if step.place is not None:
        stored.place, stored.place_at, stored.checked_at = step.place, now, now
    if stored.wish == row.wish:
        _apply(stored, step)
        _tell(row, stored, step, raw, now)
    stored.save()
    if run is not None:
        recount(run, now)
    return True


def _apply(stored: Enrolment, step: Step) -> None:
    stored.work, stored.reason, stored.detail = step.work, step.reason, step.detail
    stored.attempts, stored.next_try = step.attempts, step.next_try
    if step.work == Work.SETTLED and not stored.wanted and stored.place == Place.NONE:
        stored.begun_at = None


def _tell(row: Enrolment, stored: Enrolment, step: Step, raw: str, now: datetime) -> None:
    if step.event and not _is_told(stored, step):
        EnrolmentEvent.objects.create(
            enrolment=stored,
            kind=step.event,
            at=now,
            reason=step.reason,
            detail=step.detail,
            raw=raw,
        )
    # The row of ``begin`` has person, course and connection loaded.
    if step.mail:
        mailing.to_person(row, step.mail, reason=step.reason)
    if step.tells_office:
        mailing.to_office(row, step.reason, now)


def _is_told(stored: Enrolment, step: Step) -> bool:
    """True for a wish that is stuck as before: tried each hour, it would fill its history."""
    last = stored.events.last()
    again = last is not None and step.event == Kind.STUCK
    return again and (last.kind, last.reason) == (Kind.STUCK, step.reason)


def release_stuck(connection: int, reason: str, now: datetime) -> int:
    """What one person's success has shown to be mended is tried for all; returns how many."""
    stuck = Enrolment.objects.filter(connection=connection, work=Work.STUCK, reason=reason)
    return stuck.update(work=Work.DUE, next_try=now, attempts=0)


def may_try_again(row: Enrolment) -> bool:
    """True for what an LMS has turned down or delayed; a manager's no and the calendar's stay."""
    if row.work == Work.REFUSED:
        return row.wanted and row.reason in MEANINGS
    return row.work in (Work.STUCK, Work.DUE)


@transaction.atomic
def try_again(number: int, by: User, now: datetime) -> bool:
    """A person of the office asks for another attempt; False where there is nothing to try.

    Who had been turned down needs a seat again.
    """
    run = lock_run(Enrolment.objects.values_list("run_id", flat=True).get(pk=number))
    row = Enrolment.objects.select_for_update().get(pk=number)
    recount(run, now)
    is_full = row.work == Work.REFUSED and RunFacts.of(run).seats_left == 0
    if is_full or not may_try_again(row):
        return False
    row.work, row.next_try, row.attempts = Work.DUE, now, 0
    row.save(update_fields=["work", "next_try", "attempts"])
    EnrolmentEvent.objects.create(enrolment=row, kind=Kind.AGAIN, by=by, at=now)
    recount(run, now)
    return True
