"""Workers and rebuilds in processes that are killed: ``python -m tests.search.mortal``.

Starting Django takes seconds, so one process starts it and forks the others. Each line it reads is
a JSON list of ``[what, seed, seconds]``: these run at once, and each is killed after its seconds
unless they are null. It answers with the list of how they ended: "killed" or their exit status.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import signal
import sys
import time
import traceback

import django


def main() -> None:
    """Start Django once, then do as told."""
    django.setup()
    from search import outbox, rebuild

    # Small steps, so that there is something to kill between any two of them.
    outbox.BATCH, outbox.HANDED, rebuild.READ = 8, 12, 20
    for line in sys.stdin:
        print(json.dumps(_together(json.loads(line))), flush=True)


def _together(jobs: list[tuple[str, int, float | None]]) -> list[str | int]:
    began = time.monotonic()
    pids = [_fork(what, seed) for what, seed, _seconds in jobs]
    deaths = sorted((s, pid) for pid, (_w, _n, s) in zip(pids, jobs, strict=True) if s is not None)
    for seconds, pid in deaths:
        time.sleep(max(0.0, began + seconds - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return ["killed" if status == -signal.SIGKILL else status for status in statuses]


def _fork(what: str, seed: int) -> int:
    from tests import factories

    pid = os.fork()
    if pid:
        return pid
    status = 1
    # Codes that no other process gives to its courses.
    factories._number = itertools.count(1000 * (seed + 1))
    try:
        _JOBS[what](seed)
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _fill(count: int) -> None:
    from tests.factories import bulk_courses

    bulk_courses(count)


def _change(seed: int) -> None:
    """A few changes in one transaction, as an editor or an import makes them."""
    from django.db import transaction

    from catalog.models import Course, CourseText
    from catalog.signals import announce_courses
    from tests.factories import bulk_courses

    dice = random.Random(seed)
    numbers = list(Course.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for number in dice.sample(numbers, 4):
            texts = CourseText.objects.filter(course=number)
            texts.update(title=f"Kurs {number} buraxılış {seed}", live=dice.random() < 0.8)
            announce_courses([number])
        bulk_courses(dice.choice((0, 1, 12)))


def _worker(seed: int) -> None:
    from search.locking import Busy
    from search.upkeep import catch_up

    # Somebody else is at it; the next run finds what is left.
    with contextlib.suppress(Busy):
        catch_up()


def _rebuild(seed: int) -> None:
    from search.locking import Busy
    from search.rebuild import rebuild

    with contextlib.suppress(Busy):
        rebuild(afresh=seed % 5 == 0)


_JOBS = {"fill": _fill, "change": _change, "worker": _worker, "rebuild": _rebuild}

if __name__ == "__main__":
    main()
