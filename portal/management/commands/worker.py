"""``manage.py worker``: the task worker and the schedule in one process."""

from __future__ import annotations

import logging
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django_tasks_db.management.commands import db_worker

from portal.schedule import run_due

TICK_SECONDS = 5
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
        """The schedule ticks in a thread of its own; tasks run in the main one."""
        if once:
            run_due()
            call_command(TaskWorker(), batch=True, startup_delay=False, verbosity=verbosity)
            return
        self._stop = threading.Event()
        clock = threading.Thread(target=self._tick, name="schedule", daemon=True)
        clock.start()
        try:
            call_command(TaskWorker(), interval=1.0, reload=False, verbosity=verbosity)
        finally:
            self._stop.set()
            clock.join(timeout=30)

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
