"""How fast an LMS is asked, and when it is left alone: one pace for each connection and process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from .reasons import Outcome, Reason, Scope
from .results import Result, Trouble
from .services import Clock

BURST = 20
LONGEST_SLEEP = 2.0
FAILURES_BEFORE_REST = 5
FIRST_REST, LONGEST_REST = 30.0, 600.0


@dataclass(frozen=True)
class Health:
    """How the LMS has been doing; moments are seconds since 1970, 0 is never."""

    failures: int = 0
    resting_until: float = 0.0
    last_error: Result[None] | None = None
    last_error_at: float = 0.0


@dataclass
class Pace:
    """A token bucket and a circuit breaker; safe for threads."""

    per_minute: float
    clock: Clock
    health: Health = Health()
    _next: float = 0.0
    _probing: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> None:
        """Waits for its turn; ``Trouble`` when that would take long or the LMS is resting."""
        with self._lock:
            now = self.clock.now()
            self._refuse_while_resting(now)
            interval = 60.0 / self.per_minute
            turn = max(self._next, now - interval * (BURST - 1))
            if turn - now > LONGEST_SLEEP:
                raise Trouble(Reason.SLOW_DOWN, retry_after=turn - now)
            self._next = turn + interval
            self._probing = self.health.failures >= FAILURES_BEFORE_REST
        if turn > now:
            self.clock.sleep(turn - now)

    def _refuse_while_resting(self, now: float) -> None:
        if self.health.resting_until > now:
            raise Trouble(Reason.RESTING, retry_after=self.health.resting_until - now)
        if self._probing:
            # One request finds out whether it is well again; the others wait for its news.
            raise Trouble(Reason.RESTING, retry_after=LONGEST_SLEEP)

    def answered(self) -> None:
        """The LMS gave an answer that makes sense, be it a refusal."""
        with self._lock:
            self._probing = False
            if self.health.failures:
                self.health = Health(0, 0.0, self.health.last_error, self.health.last_error_at)

    def failed(self, trouble: Trouble) -> None:
        """Counts what makes an LMS unwell; keeps the last fault of the connection for people."""
        if trouble.reason in (Reason.RESTING, Reason.SLOW_DOWN):
            return
        if trouble.scope is not Scope.CONNECTION:
            self.answered()
            return
        with self._lock:
            self._probing = False
            now = self.clock.now()
            failures, rest = 0, 0.0
            if trouble.outcome is Outcome.RETRY:
                failures = self.health.failures + 1
                rest = self._rest(failures, trouble)
            self.health = Health(failures, now + rest if rest else 0.0, trouble.result(), now)

    @staticmethod
    def _rest(failures: int, trouble: Trouble) -> float:
        """Seconds to leave it alone; one that asks for fewer requests is obeyed at once."""
        if failures < FAILURES_BEFORE_REST:
            is_busy = trouble.reason is Reason.BUSY
            return min(trouble.retry_after, LONGEST_REST) if is_busy else 0.0
        doubled = FIRST_REST * 2 ** min(failures - FAILURES_BEFORE_REST, 10)
        return min(max(trouble.retry_after, doubled), LONGEST_REST)


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


def health_of(name: str) -> Health:
    """How ``name`` (an origin) has been doing in this process."""
    with _paces_lock:
        found = [pace.health for (key, _rate), pace in _paces.items() if key == name]
    return max(found, key=lambda health: health.last_error_at, default=Health())
