"""``manage.py worker``: the task worker and the schedule in one process."""

from __future__ import annotations

import logging
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from home.tasks import LONG
from portal.schedule import run_due

TICK_SECONDS = 5
SHORT = "default"
LOGGERS = ("django_tasks", "django_tasks_db")


class TaskWorker(db_worker.Command):
    """The library's worker; a line for every task would drown what matters."""

    def configure_logging(self, verbosity: int) -> None:
        """Warnings and errors; ``--verbosity 2`` asks for every task as well."""
        super().configure_logging(1)
        if verbosity < 2:
            for name in LOGGERS:
                logging.getLogger(name).setLevel(logging.WARNING)


class Command(BaseCommand):
    """Works off Django's tasks and runs what the clock asks for."""

    help = "Run background tasks and the schedule until stopped."

    def add_arguments(self, parser) -> None:
        """``--once`` is for a cron line or a test."""
        parser.add_argument("--once", action="store_true", help="Do what is due, then stop.")

    def handle(self, *args, once: bool = False, verbosity: int = 1, **options) -> None:
        """The schedule and long tasks have a thread each; short tasks run in the main one."""
        if once:
            run_due()
            both = f"{SHORT},{LONG}"
            call_command(
                TaskWorker(), queue_name=both, batch=True, startup_delay=False, verbosity=verbosity
            )
            return
        self._stop = threading.Event()
        clock = threading.Thread(target=self._tick, name="schedule", daemon=True)
        # A long task goes on after its last batch when it is interrupted: nobody waits for it.
        threading.Thread(target=self._work_long, name="long tasks", daemon=True).start()
        clock.start()
        try:
            call_command(
                TaskWorker(), queue_name=SHORT, interval=1.0, reload=False, verbosity=verbosity
            )
        finally:
            self._stop.set()
            clock.join(timeout=30)

    def _work_long(self) -> None:
        while not self._stop.is_set():
            try:
                _long_worker().run()
            except Exception as error:
                # A database that restarts must not end it.
                self.stderr.write(f"Long tasks could not run: {error}")
            finally:
                connections.close_all()
            self._stop.wait(TICK_SECONDS)

    def _tick(self) -> None:
        while not self._stop.is_set():
            try:
                run_due()
            except Exception as error:
                # A database that restarts must not end the schedule.
                self.stderr.write(f"The schedule could not run: {error}")
            finally:
                connections.close_all()
            self._stop.wait(TICK_SECONDS)


def _long_worker() -> db_worker.Worker:
    return db_worker.Worker(
        queue_names=[LONG],
        interval=2.0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
