"""Carries wishes into the LMSs: one person's line at a time, held by a lease."""

from __future__ import annotations

import logging
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from catalog.lms import Account, Connector, Place, Reason, Result, Trouble

from . import settling
from .models import Enrolment, LMSAccount
from .outcomes import USUAL, Policy
from .people import as_person

logger = logging.getLogger(__name__)


@dataclass
class Carrier:
    """One worker; tests exchange ``clock`` and ``dice``."""

    policy: Policy = USUAL
    clock: Callable[[], datetime] = timezone.now
    dice: random.Random = field(default_factory=random.SystemRandom)

    def work(self, seconds: float) -> int:
        """Carry what is due for at most about ``seconds``; returns how many answers came."""
        until, count = time.monotonic() + seconds, 0
        while time.monotonic() < until and (line := self._claim()):
            count += self._serve(line, until)
        return count

    def _claim(self) -> LMSAccount | None:
        """The line of whoever has waited longest, leased to us; None when nothing is due."""
        while (waiting := self._first_waiting()) is not None:
            line, _is_new = LMSAccount.objects.get_or_create(**waiting)
            free = Q(leased_until=None) | Q(leased_until__lte=self.clock())
            if self._lease(line, free, secrets.token_hex(8)):
                line.refresh_from_db()
                return line
        return None

    def _first_waiting(self) -> dict[str, int] | None:
        now = self.clock()
        same = {"person": OuterRef("person"), "connection": OuterRef("connection")}
        busy = LMSAccount.objects.filter(leased_until__gt=now, **same)
        waiting = Enrolment.objects.due(now).filter(~Exists(busy), connection__active=True)
        return waiting.order_by("next_try", "pk").values("person_id", "connection_id").first()

    def _lease(self, line: LMSAccount, where: Q, lease: str) -> bool:
        until = self.clock() + timedelta(seconds=self.policy.lease)
        rows = LMSAccount.objects.filter(where, pk=line.pk)
        return bool(rows.update(lease=lease, leased_until=until))

    def _serve(self, line: LMSAccount, until: float) -> int:
        """The person's wishes there in their order; the line is let go in the end."""
        count = 0
        due = Enrolment.objects.due(self.clock())
        rows = due.filter(person=line.person_id, connection=line.connection_id)
        try:
            for number in list(rows.order_by("next_try", "pk").values_list("pk", flat=True)):
                # Renewed for each wish: a lease must outlast the slowest answer, not all of them.
                if not self._lease(line, Q(lease=line.lease), line.lease):
                    break
                count += self._carry(line, number)
                if time.monotonic() > until:
                    break
        finally:
            mine = LMSAccount.objects.filter(pk=line.pk, lease=line.lease)
            mine.update(lease="", leased_until=None)
        return count

    def _carry(self, line: LMSAccount, number: int) -> bool:
        """One wish: ask the LMS, write down what it says. True when an answer came."""
        row = settling.begin(number, self.clock())
        if row is None:
            return False
        if reason := settling.why_not_any_more(row, self.clock()):
            settling.refuse(row, line, reason, self.clock())
            return True
        result = self._ask(line, row)
        settling.settle(row, line, result, self.clock(), policy=self.policy, dice=self.dice)
        return True

    def _ask(self, line: LMSAccount, row: Enrolment) -> Result[Place]:
        try:
            connector = row.connection.connector
        except KeyError:
            return Result(Reason.OPTIONS, None, f"“{row.connection.kind}”")
        try:
            return self._asked(connector, line, row)
        except Trouble as trouble:
            return trouble.result()
        except Exception as error:
            # A fault of ours with one person must not keep the others waiting.
            logger.exception("Enrolment %s could not be carried", row.pk)
            return Result(Reason.UNEXPECTED, None, type(error).__name__)

    @staticmethod
    def _asked(connector: Connector, line: LMSAccount, row: Enrolment) -> Result[Any]:
        if not line.remote_id:
            if not row.wanted:
                # Whoever has no account there was never put into a course.
                return Result(Reason.ALREADY, Place.NONE)
            found = connector.ensure_user(as_person(row.person))
            if not found.ok or found.value is None:
                return Result(found.reason, None, found.detail, found.raw, found.retry_after)
            settling.remember_account(line, found.value)
        account = Account(line.remote_id, line.username)
        if row.wanted:
            return connector.enrol(account, row.lms_key)
        return connector.unenrol(account, row.lms_key)
