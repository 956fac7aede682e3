"""When catalogues are read: at night, after an interruption, and when somebody asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from home.tasks import LONG

from .models import SyncPolicy, SyncRun
from .running import RESUME_WITHIN, Busy, sync

NIGHT = range(1, 5)
ONCE_IN = timedelta(hours=20)
# A run that has not moved for so long has lost its process.
SILENT, AGAIN = timedelta(minutes=20), timedelta(hours=1)


def is_due(last: SyncRun | None, now: datetime) -> bool:
    """``last`` is the latest run that read the list; ``now`` is in the portal's time zone."""
    if last is not None and last.started_at > now - RESUME_WITHIN:
        if last.state == SyncRun.State.RUNNING:
            return last.changed_at < now - SILENT
        if last.state == SyncRun.State.FAILED:
            return last.changed_at < now - AGAIN
    return now.hour in NIGHT and (last is None or last.started_at < now - ONCE_IN)


def sync_due() -> int:
    """Hands what is due to the workers; returns how many."""
    now, count = timezone.localtime(), 0
    for policy in SyncPolicy.objects.filter(active=True, connection__active=True):
        runs = policy.connection.sync_runs.filter(trigger=SyncRun.Trigger.LIST)
        if is_due(runs.first(), now):
            sync_catalogue.enqueue(policy.pk)
            count += 1
    return count


@task(queue_name=LONG)
def sync_catalogue(number: int) -> None:
    """Reads one catalogue; what comes of it stands in the run."""
    policies = SyncPolicy.objects.select_related("connection", "provider")
    policy = policies.filter(pk=number).first()
    if policy is None:
        return
    try:
        sync(policy)
    except Busy:
        return
