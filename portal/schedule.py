"""What happens by the clock: which jobs, how often, and that no two workers run one at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.changes import announce_due
from catalog.connections.lti import renew_keys
from catalog.connections.once import forget_used
from catalog.enrolment import tasks as enrolment
from catalog.sync.tasks import sync_due
from home.contact import mails
from home.contact.services import erase_old
from search.insight.selectors import forget as forget_askers
from search.registry import forget_unseen
from search.tasks import renew_embedder
from search.upkeep import catch_up

from .learning.erasing import finish as finish_erasures
from .learning.reading import read_progress
from .models import JobRun

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function to call every so often; it must be safe to call again after a crash.

    ``everywhere``: every worker runs it, for what each host has of its own; else one of them.
    """

    name: str
    every: timedelta
    run: Callable[[], object]
    everywhere: bool = False


def _command(name: str, **options: object) -> Callable[[], object]:
    return lambda: call_command(name, verbosity=0, **options)


JOBS = (
    # A run that opens or closes by the clock is announced within a minute.
    Job("announce runs that changed state", timedelta(seconds=20), announce_due),
    Job(
        "publish and expire what is scheduled", timedelta(seconds=60), _command("publish_scheduled")
    ),
    # The task on commit is the usual way to one host's indexes; this catches what an outage left
    # behind, and brings the changes to every other host.
    Job("bring the search indexes up to date", timedelta(seconds=20), catch_up, everywhere=True),
    Job("teach search the words of the catalogue", timedelta(hours=24), renew_embedder.enqueue),
    Job("forget who searched", timedelta(hours=1), forget_askers),
    Job("forget search indexes that are gone", timedelta(hours=1), forget_unseen),
    Job("mail messages of the help form", timedelta(seconds=20), mails.send_due),
    Job("erase old messages of the help form", timedelta(hours=24), erase_old),
    Job("arrange enrolments", timedelta(seconds=20), enrolment.work_off),
    Job("enrolment by the minute", timedelta(seconds=60), enrolment.by_the_minute),
    Job("enrolment by the hour", timedelta(hours=1), enrolment.by_the_hour),
    Job("read the catalogues of LMSs", timedelta(minutes=20), sync_due),
    Job("forget what was used once", timedelta(hours=1), forget_used),
    Job("renew the keys of LTI", timedelta(hours=24), renew_keys),
    Job("read progress from LMSs", timedelta(seconds=60), read_progress),
    Job("erase accounts", timedelta(minutes=10), finish_erasures),
    Job("forget finished tasks", timedelta(hours=6), _command("prune_db_task_results")),
    Job("forget expired sessions", timedelta(hours=24), _command("clearsessions")),
)


# When the jobs of this process are due again, by its own clock.
_due_here: dict[str, float] = {}


def run_due(jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Run the jobs that are due and nobody else has taken; returns their names."""
    return [job.name for job in jobs if _take(job) and _run(job)]


def _take(job: Job) -> bool:
    """Claim a job: True for exactly one worker each time it is due, or for each one by itself."""
    if job.everywhere:
        now = time.monotonic()
        is_due = now >= _due_here.get(job.name, now)
        if is_due:
            _due_here[job.name] = now + job.every.total_seconds()
        return is_due
    JobRun.objects.get_or_create(name=job.name)
    now = timezone.now()
    due = Q(started_at__isnull=True) | Q(started_at__lte=now - job.every)
    return bool(JobRun.objects.filter(due, name=job.name).update(started_at=now))


def _run(job: Job) -> bool:
    error = ""
    try:
        job.run()
    except Exception as problem:
        # One broken job must not stop the others; operators see it in the admin and in the log.
        logger.exception("Scheduled job failed: %s", job.name)
        error = f"{type(problem).__name__}: {problem}"[:2000]
    with transaction.atomic():
        JobRun.objects.filter(name=job.name).update(finished_at=timezone.now(), error=error)
    return True
