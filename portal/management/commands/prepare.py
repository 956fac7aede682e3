"""``manage.py prepare``: bring a new or an updated installation to where it can serve visitors."""

from __future__ import annotations

import errno
import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.concepts.table import SHIPPED
from home.languages.facts import own_name
from home.models import Concept
from portal.demo.people import sign_ins
from portal.demo.places import point_lms
from portal.launcher.console import Steps
from search.embedding import embedder

STEPS = 4


class Command(BaseCommand):
    """Database, site, demo (only where asked and only into a new database), search index."""

    help = "Migrate, set up the site, load the demo into a new database, index. Safe to repeat."

    def add_arguments(self, parser) -> None:
        """What ``make run`` asks for and a production start does not."""
        parser.add_argument("--demo", action="store_true", help="Load the demo when all is new.")
        parser.add_argument("--report", type=Path, help="Write languages and sign-ins as JSON.")
        parser.add_argument("--steps-before", type=int, default=0, help="Where to count from.")
        parser.add_argument("--steps-after", type=int, default=0, help="Steps still to follow.")

    def handle(self, *args, **options) -> None:
        """A full disk is the machine's trouble, not the program's: it gets a sentence."""
        try:
            self._prepare(**options)
        except Exception as error:
            if not _is_disk_full(error):
                raise
            raise CommandError(
                "The disk is full. Make room and start again; what is done stays done."
            ) from error

    def _prepare(self, demo: bool, report: Path | None, **options) -> None:
        """Every step looks first whether there is anything to do."""
        before, after = options["steps_before"], options["steps_after"]
        steps = Steps(before + STEPS + after, done=before)
        steps.begin("Database")
        self._migrate()
        steps.begin("Site, languages, pages and roles")
        marker = DemoMarker(settings.DATA_DIR)
        if demo and _is_empty():
            marker.begin()
        call_command("setup", stdout=self.stdout)
        if not Concept.objects.exists():
            call_command("concepts", "import", SHIPPED, stdout=self.stdout)
        steps.begin("Demo content")
        if demo and marker.begun:
            # One look at the whole instead of a task for every row.
            with disable_reference_index_auto_update():
                call_command("demo", "load", stdout=self.stdout)
            call_command("rebuild_references_index", verbosity=0)
            marker.finish()
        else:
            point_lms()
            self.stdout.write("Left as it is.")
        steps.begin("Search index")
        before = embedder()
        call_command("train_embedder", if_needed=True, stdout=self.stdout)
        call_command("rebuild_search", if_needed=embedder() is before, stdout=self.stdout)
        if report:
            report.write_text(json.dumps(_report()), encoding="utf-8")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if not waiting:
            self.stdout.write("Up to date.")
            return
        self.stdout.write(f"{waiting} migrations …")
        call_command("migrate", interactive=False, verbosity=0)


class DemoMarker:
    """Remembers that a demo was begun, so that an interrupted first run finishes it.

    A demo that was loaded once is never loaded again by itself: somebody may have removed it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "demo-begun"

    @property
    def begun(self) -> bool:
        """True between ``begin`` and ``finish``, also after a crash."""
        return self._path.exists()

    def begin(self) -> None:
        """The database is new: the demo belongs into it."""
        self._path.touch()

    def finish(self) -> None:
        """It is all there."""
        self._path.unlink(missing_ok=True)


def _is_disk_full(error: BaseException) -> bool:
    """True for the words of the operating system, SQLite, PostgreSQL and the search index."""
    said = str(error)
    return getattr(error, "errno", None) == errno.ENOSPC or any(
        words in said for words in ("disk is full", "No space left on device")
    )


def _is_empty() -> bool:
    """True before ``setup`` has ever run: nobody's content can be in there."""
    from home.models import HomePage

    return not HomePage.objects.exists()


def _report() -> dict[str, list[dict[str, str]]]:
    """``languages`` with code and own name, ``sign_in`` with role, username and password."""
    languages = [{"code": code, "name": own_name(code)} for code, _name in settings.LANGUAGES]
    return {"languages": languages, "sign_in": sign_ins()}
