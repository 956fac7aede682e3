"""Web processes killed while people ask for places and give them back: each answer still holds."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.demo.lms_server import fixtures
from portal.demo.lms_server.server import Application
from tests.services.portal_copy import ROOT, PortalCopy

from .mortal_web import ASK, PATIENCE, SEATS, Person, Web

KILLS, POWER_CUTS = 48, 2
# A process lives for so many answers, and a few moments more.
MOST_ANSWERS, MOMENTS = 8, 0.05


@pytest.mark.django_db
def test_no_answer_is_lost_or_doubled_when_web_processes_are_killed(
    portal_copy: PortalCopy, there: Application
):
    env = portal_copy.variables | {"LMS_PRIVATE_HOSTS": "127.0.0.1", "PYTHONPATH": str(ROOT)}
    filling = env | {"LMS_ROOT": there.site.root, "LMS_TOKEN": fixtures.TOKEN}
    argv = [sys.executable, "-m", "tests.enrolment.mortal_web"]
    told = json.loads(subprocess.check_output(argv, env=filling, cwd=ROOT, timeout=120))
    web = Web(portal_copy, env)
    answered = threading.Semaphore(0)
    people = [
        Person(number, session, web.port, told["runs"], answered)
        for number, session in told["people"]
    ]
    _live(people, web, answered)

    assert not [said for person in people for said in person.odd]
    assert sum(person.broken for person in people) > KILLS / 2
    assert sum(len(kinds) for person in people for kinds in person.told.values()) > KILLS
    # A button that was pressed until an answer came has done its work once.
    history = "SELECT person_id, run_id, kind FROM enrolment_enrolmentevent AS event "
    history += "JOIN enrolment_enrolment AS row ON row.id = event.enrolment_id ORDER BY event.id"
    done: dict[tuple[int, int], list[str]] = {}
    for number, run, kind in portal_copy.rows(history):
        done.setdefault((number, run), []).append(kind)
    assert done == {
        (person.number, run): kinds
        for person in people
        for run, kinds in person.told.items()
        if kinds
    }
    wanted = {pair for pair, kinds in done.items() if kinds[-1] == ASK}
    _assert_seats(portal_copy, wanted)

    _work_to_the_end(portal_copy, env)
    rows = "SELECT person_id, run_id, wanted, work, place FROM enrolment_enrolment"
    assert {(*row[:2], bool(row[2]), *row[3:]) for row in portal_copy.rows(rows)} == {
        (*pair, pair in wanted, "settled", "active" if pair in wanted else "none") for pair in done
    }
    places = [(row.user, row.course) for row in there.site.rows.values()]
    assert len(places) == len(set(places)) == len(wanted)
    confirmed = "SELECT enrolment_id FROM enrolment_mail WHERE kind = 'confirmed'"
    assert max(Counter(portal_copy.rows(confirmed)).values()) == 1
    _assert_seats(portal_copy, wanted)


def _live(people: list[Person], web: Web, answered: threading.Semaphore) -> None:
    """People at work, and killings among them."""
    dice, over = random.Random(11), threading.Event()
    cuts = set(dice.sample(range(KILLS + POWER_CUTS), POWER_CUTS))
    web.start()
    with ThreadPoolExecutor(len(people)) as pool:
        living = [pool.submit(person.live, over) for person in people]
        try:
            for number in range(KILLS + POWER_CUTS):
                for _answer in range(dice.randint(0, MOST_ANSWERS)):
                    assert answered.acquire(timeout=PATIENCE)
                time.sleep(dice.uniform(0, MOMENTS))
                if number in cuts:
                    web.kill()
                    web.start()
                else:
                    web.kill_worker()
                while answered.acquire(blocking=False):
                    pass
        finally:
            over.set()
            try:
                for one in living:
                    one.result(2 * PATIENCE)
            finally:
                web.kill()


def _assert_seats(portal_copy: PortalCopy, wanted: set[tuple[int, int]]) -> None:
    taken = Counter(run for _person, run in wanted)
    for run, seats in portal_copy.rows("SELECT id, seats_taken FROM catalog_courserun"):
        assert seats == taken[run] <= SEATS


def _work_to_the_end(portal_copy: PortalCopy, env: dict[str, str]) -> None:
    argv = portal_copy.argv("worker", "--once")
    subprocess.run(argv, env=env, check=True, stdout=subprocess.DEVNULL, timeout=2 * PATIENCE)
    due = "SELECT count(*) FROM enrolment_enrolment WHERE next_try IS NOT NULL"
    waiting = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
    assert portal_copy.rows(due) == portal_copy.rows(waiting) == [(0,)]
