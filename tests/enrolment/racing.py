"""The last seat of a run, wanted by many at the same moment."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from catalog.enrolment.models import Enrolment
from catalog.enrolment.requesting import request_place
from catalog.models import CourseRun
from tests import factories

# Each of them with a connection of its own.
PARALLEL = 50
ROUNDS = int(os.environ.get("LAST_SEAT_ROUNDS", "40"))


def race(run_of, settings, rounds: int) -> list[tuple[int, int]]:
    """For each round how many were told yes, and how many seats are taken then."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    people = [factories.make_user() for _i in range(PARALLEL)]
    course = run_of().course
    start = threading.Barrier(PARALLEL)

    def ask(person, number: int) -> bool:
        start.wait(60)
        return request_place(person, number, language="en").decision.is_yes

    found = []
    with ThreadPoolExecutor(PARALLEL) as pool:
        for _round in range(rounds):
            run = factories.make_run(course, seats=1)
            yes = sum(pool.map(ask, people, [run.pk] * PARALLEL))
            taken = CourseRun.objects.get(pk=run.pk).seats_taken
            found.append((yes, taken + Enrolment.objects.filter(run=run).count() - 1))
        closed = threading.Barrier(PARALLEL)

        def close(_number: int) -> None:
            closed.wait(60)
            connections.close_all()

        list(pool.map(close, range(PARALLEL)))
    return found
