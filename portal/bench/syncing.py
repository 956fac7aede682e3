"""The catalogue of a large LMS read for the first time, and again with one course in a hundred
changed: seconds of CPU of this process alone, and memory."""

from __future__ import annotations

import resource
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.test.utils import override_settings

from catalog.models import LMSConnection, Provider
from catalog.people.models import Country
from catalog.sync.models import SyncPolicy, SyncRun
from catalog.sync.running import sync
from portal.demo.lms_server import fixtures

from .large_lms import CHANGED, apart
from .report import Report

COURSES = 35_000
FIRST_SECONDS, TIMES_THE_LIST, MEGABYTES = 240, 2.0, 500


@dataclass(frozen=True)
class Spent:
    """Seconds: on the clock, and of CPU in this process (which holds SQLite too)."""

    clock: float
    cpu: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> Spent:
        """What ``work`` takes."""
        clock, cpu = time.monotonic(), time.process_time()
        work()
        return cls(time.monotonic() - clock, time.process_time() - cpu)

    def __str__(self) -> str:
        return f"{self.clock:.1f} s (CPU {self.cpu:.2f} s)"


def measure_sync(report: Report, count: int = COURSES) -> None:
    """First, unchanged, and with one in a hundred changed."""
    with override_settings(LMS_PRIVATE_HOSTS=["127.0.0.1"]):
        with apart(count, 1) as address:
            policy = _policy(address)
            first = Spent.by(lambda: _sync(policy, new=count))
            listing = Spent.by(lambda: _read(policy))
        report.say(
            f"sync of {count} courses: first {first} (bound {FIRST_SECONDS} s of CPU)",
            over=first.cpu > FIRST_SECONDS,
        )
        more = len(range(CHANGED, count + 2, CHANGED))
        # At the same address: the courses' own pages are part of what an LMS tells.
        with apart(count, 2, urlsplit(address).port):
            changed = Spent.by(lambda: _sync(policy, changed=more))
        times = changed.cpu / listing.cpu
        report.say(
            f"sync of {count} courses: list read {listing}, 1 % changed {changed}, "
            f"{times:.2f} × the list by CPU (bound {TIMES_THE_LIST:g})",
            over=times > TIMES_THE_LIST,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.say(f"peak memory {peak:.0f} MB (bound {MEGABYTES} MB)", over=peak > MEGABYTES)


def _policy(address: str) -> SyncPolicy:
    country, _made = Country.objects.get_or_create(code="az", defaults={"name": {"en": "az"}})
    provider, _made = Provider.objects.get_or_create(
        code="bench-sync", defaults={"name": {"en": "Bench"}, "country": country}
    )
    connection, _made = LMSConnection.objects.get_or_create(
        code="bench-sync", defaults={"kind": "moodle", "name": {"en": "Bench"}}
    )
    connection.set_options({"url": address, "token": fixtures.TOKEN, "rate": "60000"})
    connection.save()
    return SyncPolicy.objects.get_or_create(
        connection=connection,
        defaults={"provider": provider, "arrival": SyncPolicy.Arrival.PUBLISH},
    )[0]


def _sync(policy: SyncPolicy, **expected: int) -> None:
    run = sync(policy)
    told = {name: run.counts.get(name, 0) for name in expected}
    if run.state != SyncRun.State.DONE or told != expected:
        raise RuntimeError(f"The sync ended as {run.state} {run.reason} with {run.counts}.")


def _read(policy: SyncPolicy) -> None:
    """The list alone, every course of it, from first to last."""
    for part in policy.connection.connector.list():
        deque((course.read() for course in part.courses), maxlen=0)
