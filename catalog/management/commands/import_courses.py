"""``manage.py import_courses FILE``: courses from a CSV or JSON file."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.importing.mapping import Mapping
from catalog.importing.reading import UnreadableFile, read_rows
from catalog.importing.run import BAD, DUPLICATE, Verdict, run_import

SHOWN = 50


class Command(BaseCommand):
    """Checks every row, says what becomes of it, then writes."""

    help = "Import courses from CSV or JSON; see docs/import.md."

    def add_arguments(self, parser) -> None:
        """The file, how to read it, what to do with bad rows."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="JSON that names their columns.")
        parser.add_argument("--source", help="Name of the source; the file's name if left out.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")
        parser.add_argument("--skip-bad", action="store_true", help="Import the good rows anyway.")
        parser.add_argument("--publish", action="store_true", help="Publish new texts at once.")
        parser.add_argument("--verdicts", type=Path, help="Write every verdict to this CSV file.")

    def handle(self, *args, file: Path, **options) -> None:
        """Import and report."""
        self._shown = 0
        self._verdicts = options["verdicts"] and options["verdicts"].open("w", encoding="utf-8")
        try:
            mapping = Mapping.load(options["mapping"], options["source"] or file.stem)
            report = run_import(
                lambda: read_rows(file),
                mapping,
                dry_run=options["dry_run"],
                skip_bad=options["skip_bad"],
                publish=options["publish"],
                on_verdict=self._say,
                progress=self._progress,
            )
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        finally:
            if self._verdicts:
                self._verdicts.close()
        counts = ", ".join(f"{n} {name}" for name, n in sorted(report.counts.items()))
        self.stdout.write(f"Rows: {counts or 'none'}.")
        if report.kept_texts:
            self.stdout.write(f"{report.kept_texts} texts edited by people were left as they are.")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was written.")
        elif report.refused:
            raise CommandError(
                "Nothing was written. Mend the rows above, or add --skip-bad to import the others."
            )
        else:
            self.stdout.write(f"Wrote {report.written} courses.")

    def _say(self, verdict: Verdict) -> None:
        line = f"{verdict.number}: {verdict.outcome} — {verdict.title}"
        if verdict.reasons:
            line += f" ({'; '.join(verdict.reasons)})"
        if self._verdicts:
            self._verdicts.write(line + "\n")
        if verdict.outcome in {BAD, DUPLICATE}:
            self._shown += 1
            if self._shown <= SHOWN:
                self.stdout.write(line)
            elif self._shown == SHOWN + 1:
                self.stdout.write("… more rows like these; --verdicts FILE keeps them all.")

    def _progress(self, done: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} rows", ending="")
