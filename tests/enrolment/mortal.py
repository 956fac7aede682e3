"""Workers that are killed at seeded random moments: ``python -m tests.enrolment.mortal``.

Starting Django takes seconds, so one process starts it and forks the others. It prints how many
died while they worked, and what was asked for.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time

import django

PEOPLE, RUNS = 80, 4
LONGEST_LIFE = 0.15
LEASE_SECONDS = 1.0


def main() -> None:
    """Wishes, killings, and one worker that may live."""
    django.setup()
    dice = random.Random(7)
    asked = _ask()
    kills = int(os.environ["KILLS"])
    killed = 0
    for number in range(kills):
        if number == kills // 2:
            asked["given_back"] = _give_back()
        killed += _killed(_fork(number), dice.uniform(0, LONGEST_LIFE))
    os.waitpid(_fork(kills, to_the_end=True), 0)
    wanted = asked["wanted"] - asked["given_back"]
    print(json.dumps({"killed": killed, "wanted": wanted, "given_back": asked["given_back"]}))


def _ask() -> dict[str, int]:
    from catalog.enrolment.requesting import request_place
    from tests import factories

    options = {"url": os.environ["LMS_ROOT"], "token": os.environ["LMS_TOKEN"], "rate": "60000"}
    lms = factories.make_connection(code="mortal", kind="moodle", options=options)
    keys = ("SELF-OPEN", "MANUAL-ONLY", "KEYED", "FULL")[:RUNS]
    runs = [
        factories.make_run(
            factories.make_course(audience="everyone", lms=lms, lms_key=key), seats=None
        )
        for key in keys
    ]
    people = [factories.make_user() for _i in range(PEOPLE)]
    for run in runs:
        for person in people:
            request_place(person, run.pk, language="en")
    return {"wanted": PEOPLE * RUNS, "given_back": 0}


def _give_back() -> int:
    """Some change their minds while workers die, whatever has become of their wishes."""
    from catalog.enrolment.models import Enrolment
    from catalog.enrolment.requesting import withdraw

    rows = list(Enrolment.objects.select_related("person").order_by("pk")[::5])
    for row in rows:
        withdraw(row.pk, row.person)
    return len(rows)


def _fork(seed: int, *, to_the_end: bool = False) -> int:
    from django.db import connections

    from catalog.enrolment.carrying import Carrier
    from catalog.enrolment.models import Enrolment
    from catalog.enrolment.outcomes import Policy

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    carrier = Carrier(Policy(lease=LEASE_SECONDS, scale=0.001), dice=random.Random(seed))
    while carrier.work(60) or not to_the_end or _is_left(Enrolment):
        time.sleep(0.01)
    os._exit(0)


def _is_left(model: type) -> bool:
    return model.objects.filter(work="due").exists()


def _killed(pid: int, seconds: float) -> bool:
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


if __name__ == "__main__":
    main()
