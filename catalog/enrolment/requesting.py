"""A person asks for a place or gives it back; each in one transaction under the run's lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.availability import RunFacts, State, run_availability
from catalog.models import CourseRun
from catalog.people.models import User

from . import approving, waking
from .deciding import Decision, Verdict, Wish, decide
from .invitations import find_key, use_key
from .models import Enrolment, EnrolmentEvent, InvitationKey
from .offers import key_of, offer_of
from .seats import lock_run, recount

Kind, Work = EnrolmentEvent.Kind, Enrolment.Work


@dataclass(frozen=True)
class Answer:
    """What was decided, and the enrolment where there is one."""

    decision: Decision
    enrolment: Enrolment | None = None


@transaction.atomic
def request_place(
    person: User,
    run_number: int,
    *,
    language: str,
    key: str = "",
    manager: str = "",
    now: datetime | None = None,
) -> Answer:
    """Store the wish of ``person`` for themselves, or say why not; asking twice changes nothing.

    ``manager`` is a checked address. CourseRun.DoesNotExist for an unknown run.
    """
    now = now or timezone.now()
    run = lock_run(run_number)
    known = Enrolment.objects.select_for_update().filter(person=person, run=run).first()
    if known and known.wanted and known.work != Work.REFUSED:
        return Answer(Decision(Verdict.ALREADY, _("You have asked for this place already.")), known)
    recount(run, now)
    invitation = find_key(run, key, now) if key else None
    wish = Wish(invitation is not None if key else None, manager)
    decision = decide(offer_of(run, person), wish, now)
    if decision.verdict == Verdict.ASK_MANAGER and not approving.may_ask(person, now):
        told = _("You have asked managers too often today. Try again tomorrow.")
        decision = Decision(Verdict.NOT_OPEN, told)
    if not decision.is_yes:
        return Answer(decision, known)
    enrolment = _store(known, person, run, language, decision, now)
    _follow(enrolment, decision, invitation, manager, now)
    recount(run, now)
    return Answer(decision, enrolment)


def _store(
    known: Enrolment | None,
    person: User,
    run: CourseRun,
    language: str,
    decision: Decision,
    now: datetime,
) -> Enrolment:
    """A new row, or the old one with a new wish; what the LMS has told stays."""
    enrolment = known or Enrolment(person=person, run=run, wish=0)
    if not (known and known.begun_at):
        enrolment.connection, enrolment.lms_key = run.course.lms, key_of(run)
    waits = decision.verdict == Verdict.ASK_MANAGER
    enrolment.language = language
    enrolment.wanted, enrolment.wanted_at, enrolment.wanted_by = True, now, person
    enrolment.wish += 1
    enrolment.work = Work.APPROVAL if waits else Work.DUE
    enrolment.next_try = None if waits else now
    enrolment.reason = enrolment.detail = ""
    enrolment.attempts, enrolment.reminded_at = 0, None
    enrolment.save()
    EnrolmentEvent.objects.create(enrolment=enrolment, kind=Kind.REQUESTED, by=person, at=now)
    return enrolment


def _follow(
    enrolment: Enrolment,
    decision: Decision,
    invitation: InvitationKey | None,
    manager: str,
    now: datetime,
) -> None:
    if enrolment.run.course.enrolment == "invitation" and invitation is not None:
        use_key(invitation)
    if decision.verdict == Verdict.ASK_MANAGER:
        approving.ask(enrolment, manager, now)
    waking.on_commit()


def may_withdraw(enrolment: Enrolment, now: datetime) -> bool:
    """A wanted place can be given back until the run is over."""
    state = run_availability(RunFacts.of(enrolment.run), now).state
    return enrolment.wanted and state not in (State.FINISHED, State.CANCELLED)


@transaction.atomic
def withdraw(enrolment_number: int, by: User, *, now: datetime | None = None) -> Enrolment:
    """Give the place back; the seat is free at once. Doing so twice changes nothing.

    The LMS is only asked when it may have heard of the wish.
    """
    now = now or timezone.now()
    run_number = Enrolment.objects.values_list("run_id", flat=True).get(pk=enrolment_number)
    run = lock_run(run_number)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_number)
    enrolment.run = run
    if not may_withdraw(enrolment, now):
        return enrolment
    is_known_there = enrolment.begun_at is not None or enrolment.place != Enrolment.Place.NONE
    enrolment.wanted, enrolment.wanted_at, enrolment.wanted_by = False, now, by
    enrolment.wish += 1
    enrolment.work = Work.DUE if is_known_there else Work.SETTLED
    enrolment.next_try = now if is_known_there else None
    enrolment.reason = enrolment.detail = ""
    enrolment.attempts = 0
    enrolment.save()
    EnrolmentEvent.objects.create(enrolment=enrolment, kind=Kind.WITHDRAWN, by=by, at=now)
    approving.drop(enrolment, now)
    recount(run, now)
    waking.on_commit()
    return enrolment
