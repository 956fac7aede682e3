"""A sync from start to end: part by part, batch by batch, resumed where it was interrupted."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from catalog.lms import Clock, Connector, Outcome, Trouble

from .locking import only_sync
from .models import SyncPolicy, SyncRun
from .storing import Progress, Rehearsal, Storing

RESUME_WITHIN = timedelta(hours=12)
ATTEMPTS, LONGEST_WAIT = 3, 60.0
RUNS_KEPT = 50


class Busy(Exception):
    """Another process is reading this LMS."""


def sync(
    policy: SyncPolicy,
    *,
    dry_run: bool = False,
    accept_loss: bool = False,
    clock: Clock | None = None,
    progress: Progress = lambda run: None,
) -> SyncRun:
    """Reads the whole catalogue. Raises Busy; whatever the LMS does stands in the run.

    ``dry_run`` writes nothing: the run is not stored. ``accept_loss`` believes the LMS that most
    of its courses are gone.
    """
    with only_sync(policy.connection_id) as is_ours:
        if not is_ours:
            raise Busy
        if dry_run:
            run, storing = SyncRun(connection=policy.connection), Rehearsal
        else:
            run, storing = _begin(policy), Storing
        reading = storing(policy, run, accept_loss=accept_loss, progress=progress)
        try:
            connector = policy.connection.connector
        except KeyError:
            reading.end(SyncRun.State.FAILED, "not_offered")
            return run
        try:
            _read(connector, reading, clock or Clock())
        except Trouble as trouble:
            reading.end(SyncRun.State.FAILED, trouble.reason, trouble.detail)
        return run


def _begin(policy: SyncPolicy) -> SyncRun:
    """The run that was interrupted lately, or a new one."""
    runs = SyncRun.objects.filter(connection=policy.connection, trigger=SyncRun.Trigger.LIST)
    last = runs.order_by("-pk").first()
    open_states = (SyncRun.State.RUNNING, SyncRun.State.FAILED)
    if last and last.state in open_states:
        if last.parts_done and last.started_at > timezone.now() - RESUME_WITHIN:
            last.state, last.reason, last.detail, last.finished_at = "running", "", "", None
            last.save()
            return last
        runs.filter(state=SyncRun.State.RUNNING).update(
            state=SyncRun.State.FAILED, reason="interrupted", finished_at=timezone.now()
        )
    forget_old(runs)
    return SyncRun.objects.create(connection=policy.connection)


def forget_old(runs: QuerySet[SyncRun]) -> None:
    """Keeps the latest, and all by which an interrupted run still tells what was seen since."""
    old = runs.filter(started_at__lt=timezone.now() - RESUME_WITHIN).order_by("-pk")
    SyncRun.objects.filter(pk__in=list(old.values_list("pk", flat=True)[RUNS_KEPT:])).delete()


def _read(connector: Connector, reading: Storing, clock: Clock) -> None:
    """A transient fault costs one part: it is read again after a moment."""
    failed = 0
    while True:
        done = len(reading.run.parts_done)
        try:
            for part in connector.list(skip=frozenset(reading.run.parts_done)):
                for course in part.courses:
                    reading.take(course)
                reading.end_part(part.key)
            break
        except Trouble as trouble:
            reading.stop()
            failed = 1 if len(reading.run.parts_done) > done else failed + 1
            wait = max(trouble.retry_after, 2.0 * failed)
            is_passing = trouble.outcome is Outcome.RETRY and wait <= LONGEST_WAIT
            if failed >= ATTEMPTS or not is_passing:
                raise
            clock.sleep(wait)
    reading.finish()
