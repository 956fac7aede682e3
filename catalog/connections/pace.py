"""One pace for all processes: rate limit and circuit breaker in a row of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from catalog.lms import Reason, Scope, Trouble
from catalog.lms.pace import Health, Pace

from .models import ConnectionFault, ConnectionState

FAULTS_KEPT = 20
_SHARED = ("failures", "resting_until", "next_turn", "probing_until")
_OWN = (Reason.RESTING, Reason.SLOW_DOWN)


@dataclass
class SharedPace(Pace):
    """The pace of one connection; ``hidden`` are credentials that no fault may repeat."""

    connection: int = 0
    hidden: tuple[str, ...] = ()

    def change(self, step: Callable[[Health], Health]) -> Health:
        """The row is locked for a moment, never while the LMS is asked."""
        with transaction.atomic():
            row = _locked(self.connection)
            known = Health(**{name: getattr(row, name) for name in _SHARED})
            made = replace(step(known), last_error=None, last_error_at=0.0)
            if made != known:
                told = {name: getattr(made, name) for name in _SHARED}
                ConnectionState.objects.filter(pk=row.pk).update(**told)
        self.health = made
        return made

    def failed(self, trouble: Trouble) -> None:
        """Also writes down what concerns everybody."""
        super().failed(trouble)
        if trouble.scope is Scope.CONNECTION and trouble.reason not in _OWN:
            now = datetime.fromtimestamp(self.clock.now(), UTC)
            keep_fault(self.connection, trouble, now, self.hidden)


def _locked(connection: int) -> ConnectionState:
    rows = ConnectionState.objects.select_for_update()
    found = rows.filter(pk=connection).first()
    if found is None:
        ConnectionState.objects.get_or_create(pk=connection)
        found = rows.get(pk=connection)
    return found


@transaction.atomic
def keep_fault(connection: int, trouble: Trouble, at: datetime, hidden: Iterable[str] = ()) -> None:
    """Counts a fault that is known already; the latest ``FAULTS_KEPT`` stay."""
    detail, raw = (without(text, hidden) for text in (trouble.detail, trouble.raw))
    rows = ConnectionFault.objects.filter(connection=connection)
    fault, is_new = rows.get_or_create(
        reason=trouble.reason,
        detail=detail,
        defaults={
            "connection_id": connection,
            "raw": raw,
            "first_at": at,
            "last_at": at,
        },
    )
    if not is_new:
        rows.filter(pk=fault.pk).update(times=F("times") + 1, last_at=at, raw=raw)
        return
    kept = rows.order_by("-last_at", "-pk").values_list("pk", flat=True)[:FAULTS_KEPT]
    rows.exclude(pk__in=list(kept)).delete()


def without(text: str, hidden: Iterable[str]) -> str:
    """``text`` with credentials blotted out: an LMS may repeat what it was sent."""
    for word in hidden:
        if len(word) > 3:
            text = text.replace(word, "…")
    return text
