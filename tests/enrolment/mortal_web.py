"""A portal whose web processes are killed while people ask for places and give them back.

``python -m tests.enrolment.mortal_web`` fills it: courses that an LMS knows, and people who are
signed in. ``serve`` is what gunicorn forks. The rest is for the test: its web server, and its
people, who press a button again whenever no answer came.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.services.portal_copy import ROOT, PortalCopy
from tests.services.process import free_port

PEOPLE, SEATS = 8, 5
PATIENCE = 90.0
KEYS = ("SELF-OPEN", "MANUAL-ONLY", "KEYED")
ASK, GIVE_BACK = "requested", "withdrawn"
CSRF = "x" * 32


def fill() -> None:
    """Prints the courses with their runs, and the sessions of the people."""
    import django

    django.setup()
    from django.test import Client

    from portal.installation.site import install_site
    from tests import factories

    install_site()
    options = {"url": os.environ["LMS_ROOT"], "token": os.environ["LMS_TOKEN"], "rate": "60000"}
    lms = factories.make_connection(code="mortal", kind="moodle", options=options)
    runs = {}
    for key in KEYS:
        course = factories.make_course(audience="everyone", lms=lms, lms_key=key)
        runs[factories.make_run(course, seats=SEATS).pk] = course.pk
    people = {}
    for _i in range(PEOPLE):
        client, person = Client(), factories.make_user()
        client.force_login(person)
        people[person.pk] = client.cookies["sessionid"].value
    print(json.dumps({"runs": list(runs.items()), "people": list(people.items())}))


def serve() -> Callable:
    """The portal, with all loaded that a first request loads: so each new process costs little."""
    from django.db import connections
    from django.test import Client

    from portal.wsgi import application

    Client().post("/en/enrol/course/1/", SERVER_NAME="127.0.0.1")
    connections.close_all()
    return application


@dataclass
class Person:
    """Somebody at a browser. ``told`` holds by run what the portal has answered to, in order.

    ``own`` are the numbers of wishes by run; ``broken`` counts answers that never came.
    """

    number: int
    session: str
    port: int
    runs: list[tuple[int, int]]
    answered: threading.Semaphore
    told: dict[int, list[str]] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    broken: int = 0
    odd: list[str] = field(default_factory=list)

    def live(self, until: threading.Event) -> None:
        """Ask and give back by a dice of one's own; what is begun is brought to an answer."""
        dice = random.Random(self.number)
        while not until.is_set():
            run, course = dice.choice(self.runs)
            told = self.told.setdefault(run, [])
            if run in self.own:
                self._press(f"/en/enrol/{self.own.pop(run)}/withdraw/")
                told.append(GIVE_BACK)
            elif (there := self._press(f"/en/enrol/course/{course}/", f"run={run}")) is not None:
                self.own[run] = there.rstrip("/").rpartition("/")[2]
                told.append(ASK)

    def _press(self, path: str, body: str = "") -> str | None:
        """Where the answer leads; None where the portal says no. TimeoutError when none comes."""
        late = time.monotonic() + PATIENCE
        while time.monotonic() < late:
            try:
                status, there = self._post(path, body)
            except ConnectionRefusedError:
                time.sleep(0.05)
                continue
            except (OSError, http.client.HTTPException):
                self.broken += 1
                continue
            self.answered.release()
            if status == 302 and there.startswith("/en/enrol/"):
                return there
            if status != 200:
                self.odd.append(f"{path}: {status} {there}")
            return None
        raise TimeoutError(path)

    def _post(self, path: str, body: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {
                "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
                "X-CSRFToken": CSRF,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")
        finally:
            connection.close()


@dataclass
class Web:
    """gunicorn with one process that answers; the other loads the portal once and forks it."""

    portal: PortalCopy
    variables: dict[str, str]
    port: int = field(default_factory=free_port)

    def start(self) -> None:
        """Returns as soon as there is somebody to answer."""
        argv = [sys.executable, "-m", "gunicorn", "tests.enrolment.mortal_web:serve()"]
        argv += [f"--bind=127.0.0.1:{self.port}", "--preload", "--workers=1", "--threads=4"]
        self._log = (self.portal.folder / "web.log").open("ab")
        self._master = subprocess.Popen(
            [*argv, "--log-level=error"],
            env=self.variables,
            cwd=ROOT,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        self._workers()

    def kill_worker(self) -> None:
        """The process that answers, with everything in its hands."""
        for pid in self._workers():
            os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """Both at once, as when the power goes."""
        os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait()
        self._log.close()

    def _workers(self) -> list[int]:
        """Those that live; waits until there is one."""
        pid = self._master.pid
        while self._master.poll() is None:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            # The dead have no words left.
            if living := [int(n) for n in children if Path(f"/proc/{n}/cmdline").read_bytes()]:
                return living
            time.sleep(0.005)
        raise AssertionError(Path(self._log.name).read_text())


if __name__ == "__main__":
    fill()
