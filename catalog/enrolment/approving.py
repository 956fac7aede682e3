"""A manager says yes or no through one signed link, once and in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from catalog.people.models import User

from . import mailing, waking
from .models import Approval, Enrolment, EnrolmentEvent, Mail
from .seats import lock_run, recount

VALID = timedelta(days=14)
# A person whose account was taken over must not become a sender of mails.
QUESTIONS_A_DAY = 10
BATCH = 100
DECLINED, EXPIRED, UNREACHABLE = "declined", "expired", "manager_unreachable"


def may_ask(person: User, now: datetime) -> bool:
    """False for one who has asked managers too often within a day."""
    asked = Approval.objects.filter(
        enrolment__person=person, asked_at__gt=now - timedelta(days=1)
    ).count()
    return asked < QUESTIONS_A_DAY


def ask(enrolment: Enrolment, manager: str, now: datetime) -> Approval:
    """Store the question and the mail that puts it, in the caller's transaction."""
    approval = Approval.objects.create(
        enrolment=enrolment, manager_email=manager, asked_at=now, expires_at=now + VALID
    )
    Mail.objects.create(
        kind=Mail.Kind.APPROVAL,
        to=manager,
        language=mailing.language_of(enrolment),
        enrolment=enrolment,
        approval=approval,
    )
    return approval


def is_open(approval: Approval, now: datetime) -> bool:
    """True while it can be answered."""
    return approval.answer == Approval.Answer.OPEN and approval.expires_at > now


@transaction.atomic
def answer(approval: Approval, *, yes: bool, remark: str, now: datetime) -> bool:
    """The manager's answer; False when it was answered, withdrawn or expired before."""
    run = lock_run(approval.enrolment.run_id)
    enrolment = Enrolment.objects.select_for_update().get(pk=approval.enrolment_id)
    given = Approval.Answer.YES if yes else Approval.Answer.NO
    is_first = Approval.objects.filter(
        pk=approval.pk, answer=Approval.Answer.OPEN, expires_at__gt=now
    ).update(answer=given, answered_at=now, remark=remark)
    if not is_first or enrolment.work != Enrolment.Work.APPROVAL:
        return False
    if yes:
        enrolment.work, enrolment.next_try = Enrolment.Work.DUE, now
        enrolment.save(update_fields=["work", "next_try"])
        kind, mail = EnrolmentEvent.Kind.APPROVED, Mail.Kind.APPROVED
    else:
        _refuse(enrolment, DECLINED)
        kind, mail = EnrolmentEvent.Kind.DECLINED, Mail.Kind.DECLINED
    EnrolmentEvent.objects.create(
        enrolment=enrolment, kind=kind, at=now, detail=approval.manager_email[:300]
    )
    mailing.to_person(enrolment, mail, approval=approval, reason=enrolment.reason)
    recount(run, now)
    waking.on_commit()
    return True


def drop(enrolment: Enrolment, now: datetime) -> None:
    """The person does not want the place any more; the link says so."""
    open_ones = enrolment.approvals.filter(answer=Approval.Answer.OPEN)
    open_ones.update(answer=Approval.Answer.DROPPED, answered_at=now)


def expire(now: datetime) -> int:
    """Questions nobody answered in time give their seats back; returns how many."""
    late = Approval.objects.filter(answer=Approval.Answer.OPEN, expires_at__lte=now)
    numbers = list(late.order_by("expires_at").values_list("pk", flat=True)[:BATCH])
    return sum(close(number, now) for number in numbers)


@transaction.atomic
def close(number: int, now: datetime, reason: str = EXPIRED) -> bool:
    """Nobody will answer any more; the person is told why. False when it had been answered."""
    approval = Approval.objects.get(pk=number)
    run = lock_run(Enrolment.objects.values_list("run_id", flat=True).get(pk=approval.enrolment_id))
    enrolment = Enrolment.objects.select_for_update().get(pk=approval.enrolment_id)
    is_mine = Approval.objects.filter(pk=approval.pk, answer=Approval.Answer.OPEN).update(
        answer=Approval.Answer.EXPIRED, answered_at=now
    )
    if not is_mine or enrolment.work != Enrolment.Work.APPROVAL:
        return False
    _refuse(enrolment, reason)
    EnrolmentEvent.objects.create(
        enrolment=enrolment, kind=EnrolmentEvent.Kind.EXPIRED, at=now, reason=reason
    )
    mailing.to_person(enrolment, Mail.Kind.DECLINED, approval=approval, reason=reason)
    recount(run, now)
    waking.on_commit()
    return True


def _refuse(enrolment: Enrolment, reason: str) -> None:
    enrolment.work, enrolment.reason, enrolment.next_try = Enrolment.Work.REFUSED, reason, None
    enrolment.save(update_fields=["work", "reason", "next_try"])
