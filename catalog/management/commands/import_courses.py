"""``manage.py import_courses FILE``: courses from a CSV or JSON file."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from catalog.importing.mapping import Mapping
from catalog.importing.problems import UnreadableFile
from catalog.importing.reading import read_rows
from catalog.importing.run import BAD, DUPLICATE, Report, Verdict, run_import
from home.spreadsheets import harmless

SHOWN = 50
# A terminal's line is written over; a log gets one line now and then.
LOG_SECONDS = 10


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

    def handle(self, *args, file: Path, verdicts: Path | None, **options) -> None:
        """Import and report."""
        self._shown, self._said = 0, time.monotonic()
        try:
            if verdicts is None:
                report = self._import(file, None, options)
            else:
                with verdicts.open("w", encoding="utf-8-sig", newline="") as out:
                    report = self._import(file, csv.writer(out), options)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database refused: {error}. What is written stays; when it is mended, start "
                "the import again."
            ) from error
        except OSError as error:
            raise CommandError(f"“{error.filename}”: {error.strerror}.") from error
        self._tell(report, options["dry_run"])

    def _import(self, file: Path, verdicts, options) -> Report:
        mapping = Mapping.load(options["mapping"], options["source"] or file.stem[:60])
        if verdicts:
            verdicts.writerow(["row", "verdict", "title", "reasons"])

        def on_verdict(verdict: Verdict) -> None:
            if verdicts:
                row = (verdict.outcome, verdict.title, "; ".join(verdict.reasons))
                verdicts.writerow([verdict.number, *(harmless(cell) for cell in row)])
            self._say(verdict)

        return run_import(
            lambda: read_rows(file),
            mapping,
            dry_run=options["dry_run"],
            skip_bad=options["skip_bad"],
            publish=options["publish"],
            on_verdict=on_verdict,
            progress=self._progress,
        )

    def _tell(self, report: Report, dry_run: bool) -> None:
        counts = ", ".join(f"{n} {name}" for name, n in sorted(report.counts.items()))
        self.stdout.write(f"Rows: {counts or 'none'}.")
        if report.kept_texts:
            self.stdout.write(f"{report.kept_texts} texts edited by people were left as they are.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was written.")
        elif report.refused:
            raise CommandError(
                "Nothing was written. Mend the rows above, or add --skip-bad to import the others."
            )
        else:
            self.stdout.write(f"Wrote {report.written} courses.")

    def _say(self, verdict: Verdict) -> None:
        if verdict.outcome not in {BAD, DUPLICATE}:
            return
        self._shown += 1
        if self._shown <= SHOWN:
            line = f"{verdict.number}: {verdict.outcome} — {verdict.title}"
            reasons = f" ({'; '.join(verdict.reasons)})" if verdict.reasons else ""
            self.stdout.write(line + reasons)
        elif self._shown == SHOWN + 1:
            self.stdout.write("… more rows like these; --verdicts FILE keeps them all.")

    def _progress(self, done: int, total: int) -> None:
        text = f"{done} of {total} rows" if total else f"{done} rows checked"
        if sys.stderr.isatty():
            self.stderr.write(f"\r{text}", ending="\n" if done == total else "")
        elif time.monotonic() - self._said > LOG_SECONDS:
            self._said = time.monotonic()
            self.stderr.write(text)
