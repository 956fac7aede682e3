"""Health for machines: ``/healthz`` (the process answers) and ``/readyz`` (what it needs works).

Every look is bounded in time: the settings give each connection a limit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, Min, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult, get_date_max
from redis.exceptions import RedisError

from home.secret_stores import seem_lost
from home.tasks import LONG
from search import upkeep

logger = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=10)
"""A task or a change that waits longer means that no worker runs or that it is stuck."""


@dataclass(frozen=True)
class Part:
    """One thing the portal needs: whether it works and, in plain words, how it is.

    ``degraded``: it works, but somebody should look after it.
    """

    ok: bool
    detail: str
    degraded: bool = False


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Always 200: the process is alive. Nothing else is asked, so nothing else can fail it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 or 503 with ``{"status": …, "parts": {name: {"ok", "detail", "degraded"}}}``.

    While something else answers for a part that fails, the status is "degraded" with 200: visitors
    are served, so this host must not be taken out.
    """
    parts: dict[str, Part] = {}
    for name, look in PARTS.items():
        waits = name in NEED_DATABASE and not parts["database"].ok
        parts[name] = WITHOUT_DATABASE if waits else _ask(name, look)
    ready = all(part.ok for part in parts.values())
    degraded = any(part.degraded for part in parts.values())
    answer = {
        "status": ("degraded" if degraded else "ok") if ready else "unavailable",
        "parts": {name: asdict(part) for name, part in parts.items()},
    }
    return JsonResponse(answer, status=200 if ready else 503)


def _ask(name: str, look: Callable[[], Part]) -> Part:
    """Whatever breaks inside is that part's state; what might tell secrets goes to the log only."""
    try:
        return look()
    except Exception as problem:
        logger.warning("Not ready: %s", name, exc_info=True)
        return Part(False, f"{name} cannot be asked ({type(problem).__name__}); see the log")


def database() -> Part:
    """One question the database must answer."""
    _ask_database(connection)
    return Part(True, f"{connection.vendor} answers")


def _ask_database(known: BaseDatabaseWrapper) -> None:
    # A connection that is open already could wait for ever; a new one has a time limit.
    with closing(known.copy()) as fresh, fresh.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def shared_cache() -> Part:
    """The cache's server, where there is one. Visitors are served without it."""
    ping = getattr(cache, "ping", None)
    if ping is None:
        return Part(True, "each process keeps its own")
    try:
        ping()
    except RedisError as problem:
        words = f"redis does not answer ({type(problem).__name__}): every page is made anew"
        return Part(True, words, degraded=True)
    return Part(True, "redis answers")


def engine() -> Part:
    """The search engine's own word."""
    found = upkeep.health()
    return Part(found.ok, found.detail, found.degraded)


def queue() -> Part:
    """How long the oldest task and the oldest change have waited for a worker."""
    now = timezone.now()
    # The backend writes the last day there is for a task that may run at once.
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    # Long tasks wait for one another, and that is well.
    ready = DBTaskResult.objects.ready().exclude(queue_name=LONG).annotate(since=since)
    waits = {
        "task": ready.aggregate(oldest=Min("since"))["oldest"],
        "change for the search index": upkeep.waiting_since(),
    }
    return judge_queue(waits, now)


def judge_queue(waits: dict[str, datetime | None], now: datetime) -> Part:
    """``waits``: since when the oldest of each kind waits; None where nothing does."""
    ages = {kind: now - since for kind, since in waits.items() if since}
    late = {kind: age for kind, age in ages.items() if age > LONGEST_WAIT}
    if late:
        words = " and ".join(
            f"a {kind} has waited {int(age.total_seconds() // 60)} minutes"
            for kind, age in late.items()
        )
        return Part(False, f"{words}: is a worker running?")
    if ages:
        return Part(True, f"the oldest waits {int(max(ages.values()).total_seconds())} seconds")
    return Part(True, "nothing waits")


def secrets() -> Part:
    """Whether the keys of the settings open what is stored. Most visitors need none of it."""
    if lost := seem_lost():
        words = f"no key of SECRETS_KEY opens secrets of {', '.join(lost)}: is one missing?"
        return Part(True, words, degraded=True)
    return Part(True, "stored secrets can be opened")


PARTS: dict[str, Callable[[], Part]] = {
    "database": database,
    "engine": engine,
    "cache": shared_cache,
    "queue": queue,
    "secrets": secrets,
}
# Asked over connections that are open already.
NEED_DATABASE = frozenset({"engine", "queue", "secrets"})
WITHOUT_DATABASE = Part(False, "not asked while the database does not answer")
