"""How fast an LMS is asked, and when it is left alone: one pace for each LMS."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .reasons import Outcome, Reason, Scope
from .results import Result, Trouble
from .services import Clock

BURST = 20
LONGEST_SLEEP = 2.0
FAILURES_BEFORE_REST = 5
FIRST_REST, LONGEST_REST = 30.0, 600.0
# A probe whose process was killed must not keep the others away for ever.
LONGEST_PROBE = 60.0


@dataclass(frozen=True)
class Health:
    """How the LMS has been doing; moments are seconds since 1970, 0 is never.

    ``next_turn`` is when the next request may go out; until ``probing_until`` one request is
    finding out whether a rested LMS is well again.
    """

    failures: int = 0
    resting_until: float = 0.0
    last_error: Result[None] | None = None
    last_error_at: float = 0.0
    next_turn: float = 0.0
    probing_until: float = 0.0

    @property
    def is_unwell(self) -> bool:
        """True while an answer would be news."""
        return bool(self.failures or self.probing_until)


def taking_turn(health: Health, now: float, per_minute: float) -> Health:
    """With a turn taken; ``Trouble`` when that would take long or the LMS is resting."""
    until = max(health.resting_until, health.probing_until)
    if until > now:
        # One request finds out whether it is well again; the others wait for its news.
        rests = health.resting_until > now
        raise Trouble(Reason.RESTING, retry_after=until - now if rests else LONGEST_SLEEP)
    interval = 60.0 / per_minute
    turn = max(health.next_turn, now - interval * (BURST - 1))
    if turn - now > LONGEST_SLEEP:
        raise Trouble(Reason.SLOW_DOWN, retry_after=turn - now)
    probes = health.failures >= FAILURES_BEFORE_REST
    probing_until = now + LONGEST_PROBE if probes else 0.0
    return replace(health, next_turn=turn + interval, probing_until=probing_until)


def after_answer(health: Health) -> Health:
    """The LMS is well."""
    return replace(health, failures=0, resting_until=0.0, probing_until=0.0)


def after_failure(health: Health, trouble: Trouble, now: float) -> Health:
    """One more failure of the connection, and a rest if there were many."""
    failures, rest = 0, 0.0
    if trouble.outcome is Outcome.RETRY:
        failures = health.failures + 1
        rest = _rest(failures, trouble)
    return replace(
        health,
        failures=failures,
        resting_until=now + rest if rest else 0.0,
        last_error=trouble.result(),
        last_error_at=now,
        probing_until=0.0,
    )


def _rest(failures: int, trouble: Trouble) -> float:
    """Seconds to leave it alone; one that asks for fewer requests is obeyed at once."""
    if failures < FAILURES_BEFORE_REST:
        is_busy = trouble.reason is Reason.BUSY
        return min(trouble.retry_after, LONGEST_REST) if is_busy else 0.0
    doubled = FIRST_REST * 2 ** min(failures - FAILURES_BEFORE_REST, 10)
    return min(max(trouble.retry_after, doubled), LONGEST_REST)


@dataclass
class Pace:
    """A token bucket and a circuit breaker, kept in this process; safe for threads."""

    per_minute: float
    clock: Clock
    health: Health = Health()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> None:
        """Waits for its turn; ``Trouble`` when that would take long or the LMS is resting."""
        now = self.clock.now()
        health = self.change(lambda known: taking_turn(known, now, self.per_minute))
        turn = health.next_turn - 60.0 / self.per_minute
        if turn > now:
            self.clock.sleep(turn - now)

    def answered(self) -> None:
        """The LMS gave an answer that makes sense, be it a refusal."""
        if self.health.is_unwell:
            self.change(after_answer)

    def failed(self, trouble: Trouble) -> None:
        """Counts what makes an LMS unwell; keeps the last fault of the connection for people."""
        if trouble.reason in (Reason.RESTING, Reason.SLOW_DOWN):
            return
        if trouble.scope is not Scope.CONNECTION:
            self.answered()
            return
        now = self.clock.now()
        self.change(lambda health: after_failure(health, trouble, now))

    def change(self, step: Callable[[Health], Health]) -> Health:
        """Replaces what is known by what ``step`` makes of it, one at a time."""
        with self._lock:
            self.health = step(self.health)
            return self.health


_MOST_PACES = 1000
_paces: dict[tuple[str, float], Pace] = {}
_paces_lock = threading.Lock()


def pace_of(name: str, per_minute: float, clock: Clock) -> Pace:
    """The pace all connectors of this process share that speak to ``name``."""
    with _paces_lock:
        pace = _paces.get((name, per_minute))
        if pace is None or pace.clock != clock:
            if len(_paces) >= _MOST_PACES:
                _paces.clear()
            pace = _paces[name, per_minute] = Pace(per_minute, clock)
        return pace
