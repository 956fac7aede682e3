"""What an answer of the LMS means for a wish: one pure rule."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from catalog.lms import Outcome, Place, Reason, Result, Scope

from .models import Enrolment, EnrolmentEvent, Mail

Kind, Work = EnrolmentEvent.Kind, Enrolment.Work
# The portal itself held back: nothing was asked, so nothing failed.
HELD_BACK = frozenset({Reason.RESTING, Reason.SLOW_DOWN})


@dataclass(frozen=True)
class Policy:
    """Seconds and counts of trying again; ``scale`` shortens all waiting for measurements."""

    first: float = 20.0
    most: float = 3600.0
    attempts: int = 12
    visit: float = 6 * 3600.0
    lease: float = 300.0
    scale: float = 1.0

    def wait(self, attempts: int, asked: float, dice: random.Random) -> timedelta:
        """Twice as long each time, between half and one and a half of it, at least ``asked``."""
        usual = min(self.most, self.first * 2 ** min(max(attempts, 1) - 1, 20))
        seconds = max(asked, usual) * (1.0 + dice.random() / 2)
        return timedelta(seconds=seconds * self.scale)


USUAL = Policy()


@dataclass(frozen=True)
class Step:
    """How the row goes on; ``place`` None leaves what was known, ``next_try`` None is the end.

    ``forgets_account`` when the LMS does not know the account the portal remembers.
    """

    work: str
    reason: str = ""
    detail: str = ""
    place: str | None = None
    attempts: int = 0
    next_try: datetime | None = None
    event: str = ""
    mail: str = ""
    tells_office: bool = False
    forgets_account: bool = False


def next_step(
    result: Result[Place],
    row: Enrolment,
    now: datetime,
    *,
    policy: Policy = USUAL,
    dice: random.Random,
) -> Step:
    """What follows from ``result`` for ``row``, wanted or not."""
    step = _next_step(result, row, now, policy, dice)
    return replace(step, detail=result.detail if step.reason else "")


def _next_step(
    result: Result[Place], row: Enrolment, now: datetime, policy: Policy, dice: random.Random
) -> Step:
    there = _place(result)
    if result.ok:
        return _good(result, row, there)
    if result.reason == Reason.NO_ACCOUNT and row.wanted:
        return _without_account(row, now, policy, dice)
    if result.outcome == Outcome.NOT_FOUND and not row.wanted:
        return Step(Work.SETTLED, place=Place.NONE, event=Kind.REMOVED, mail=Mail.Kind.REMOVED)
    if result.outcome == Outcome.RETRY:
        return _again(result, row, now, policy, dice)
    if result.outcome == Outcome.MISCONFIGURED or not row.wanted:
        return _stuck(result.reason, row)
    return Step(
        Work.REFUSED,
        reason=result.reason,
        place=there,
        event=Kind.REFUSED,
        mail=Mail.Kind.PROBLEM,
        # The portal thought it was open: whoever runs the course should know.
        tells_office=result.scope == Scope.COURSE,
    )


def _place(result: Result[Place]) -> str | None:
    return str(result.value) if isinstance(result.value, Place) else None


def _good(result: Result[Place], row: Enrolment, there: str | None) -> Step:
    if row.wanted:
        at_launch = result.reason == Reason.AT_LAUNCH
        place = Enrolment.Place.AT_LAUNCH if at_launch else there or Enrolment.Place.ACTIVE
        return Step(Work.SETTLED, place=place, event=Kind.CONFIRMED, mail=Mail.Kind.CONFIRMED)
    place = there or Enrolment.Place.NONE
    # Another way in, or a suspended place: it is told as it is.
    reason = result.reason if place != Enrolment.Place.NONE else ""
    return Step(
        Work.SETTLED, reason=reason, place=place, event=Kind.REMOVED, mail=Mail.Kind.REMOVED
    )


def _without_account(row: Enrolment, now: datetime, policy: Policy, dice: random.Random) -> Step:
    """Some LMSs know people only after their first visit; the wish waits for it."""
    waits = row.reason == Reason.NO_ACCOUNT
    wait = policy.wait(row.attempts + 1, policy.visit if waits else 0.0, dice)
    return Step(
        Work.DUE,
        reason=Reason.NO_ACCOUNT,
        attempts=row.attempts,
        next_try=now + wait,
        event="" if waits else Kind.DELAYED,
        # The first time it may be a remembered account that has gone.
        mail=Mail.Kind.FIRST_VISIT if waits else "",
        forgets_account=True,
    )


def _again(
    result: Result[Place], row: Enrolment, now: datetime, policy: Policy, dice: random.Random
) -> Step:
    if result.reason in HELD_BACK:
        wait = timedelta(seconds=result.retry_after * (1.0 + dice.random() / 4) * policy.scale)
        return Step(
            Work.DUE, reason=row.reason, attempts=row.attempts, next_try=now + wait, place=None
        )
    attempts = row.attempts + 1
    if attempts >= policy.attempts:
        return replace(_stuck(result.reason, row), attempts=attempts)
    wait = policy.wait(attempts, result.retry_after, dice)
    return Step(
        Work.DUE,
        reason=result.reason,
        attempts=attempts,
        next_try=now + wait,
        event=Kind.DELAYED,
    )


def _stuck(reason: str, row: Enrolment) -> Step:
    return Step(
        Work.STUCK,
        reason=reason,
        attempts=row.attempts + 1,
        event=Kind.STUCK,
        mail=Mail.Kind.DELAYED if row.wanted else "",
        tells_office=True,
    )
