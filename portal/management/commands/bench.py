"""``manage.py bench``: fill a throw-away portal with generated courses and measure on it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from catalog.models import Course
from portal.bench.enrolling import measure_enrolment
from portal.bench.filling import BOUND_COURSES, fill
from portal.bench.pages import measure_pages
from portal.bench.report import Report
from portal.bench.searching import measure_generated, measure_search
from portal.bench.syncing import measure_sync

TABLES: dict[str, Callable[[Report], None]] = {
    "pages": measure_pages,
    "enrolment": measure_enrolment,
    "search": measure_search,
    "sync": measure_sync,
}
"""What is measured on the filled portal, each in a module of ``portal/bench/``."""
# These bring what they measure.
UNFILLED = {"enrolment", "sync"}


class Command(BaseCommand):
    """Needs a portal of its own: ``make bench`` makes one and throws it away."""

    help = "Measure import, indexing and pages on a generated catalogue (in an empty DATA_DIR)."

    def add_arguments(self, parser) -> None:
        """What, and on how many courses."""
        parser.add_argument("tables", nargs="*", metavar="table", help=", ".join(TABLES))
        parser.add_argument("--courses", type=int, default=BOUND_COURSES)
        more = "Also measure search on so many documents put straight into the index."
        parser.add_argument("--documents", type=int, default=0, help=more)

    def handle(self, *args, tables: list[str], courses: int, documents: int, **options) -> None:
        """Everything or the tables named, one line per figure; fails when a bound is broken."""
        if strange := set(tables) - set(TABLES):
            raise CommandError(f"Say some of {', '.join(TABLES)}; not {', '.join(strange)}.")
        call_command("migrate", verbosity=0)
        if Course.objects.exists():
            raise CommandError("There are courses already. Point DATA_DIR at an empty folder.")
        for words in (("setup",), ("demo", "load"), ("rebuild_search",)):
            call_command(*words, verbosity=0, stdout=StringIO())
        report = Report(self.stdout.write)
        if documents or set(tables or TABLES) - UNFILLED:
            fill(courses, report)
        for name in tables or TABLES:
            TABLES[name](report)
        if documents:
            measure_generated(report, documents)
        if report.broken:
            raise CommandError(f"Over the bound: {'; '.join(report.broken)}")
