"""``manage.py concepts import FILE | export FILE``: the glossary as a CSV table."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.concepts.table import UnreadableTable, import_table, write_table
from home.models import Concept

SHOWN = 20


class Command(BaseCommand):
    """Brings concepts in and writes them out."""

    help = "Import or export the glossary (CSV; see docs/search.md)."

    def add_arguments(self, parser) -> None:
        """What to do, and with which file."""
        parser.add_argument("action", choices=["import", "export"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")

    def handle(self, *args, action: str, file: Path, dry_run: bool = False, **options) -> None:
        """Do it."""
        try:
            if action == "export":
                self._export(file)
            else:
                self._import(file.read_bytes(), dry_run)
        except (OSError, UnreadableTable) as error:
            raise CommandError(str(error)) from error

    def _export(self, file: Path) -> None:
        concepts = Concept.objects.prefetch_related("terms")
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(write_table(concepts))
        self.stdout.write(f"{len(concepts)} concepts written to {file}.")

    def _import(self, data: bytes, dry_run: bool) -> None:
        report = import_table(data, dry_run=dry_run)
        for problem in report.problems[:SHOWN]:
            self.stdout.write(problem)
        if report.problems:
            raise CommandError(f"{len(report.problems)} lines are wrong; nothing was written.")
        verb = "would be" if dry_run else "were"
        self.stdout.write(
            f"{report.made} concepts {verb} made, {report.changed} changed, {report.same} the same."
        )
