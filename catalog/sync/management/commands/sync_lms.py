"""``manage.py sync_lms``: reads the catalogues of the connected LMSs now."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.sync.models import SyncPolicy, SyncRun
from catalog.sync.running import Busy, sync
from catalog.sync.telling import counted, verdict


class Command(BaseCommand):
    """Also for trying a new connection with ``--dry-run``."""

    help = "Read the catalogues of the connected LMSs into ours."

    def add_arguments(self, parser: Any) -> None:
        """All that are switched on, unless some are named."""
        parser.add_argument("code", nargs="*", help="Codes of LMS connections.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done.")
        parser.add_argument(
            "--accept-loss",
            action="store_true",
            help="Believe the LMS that more than a tenth of its courses are gone.",
        )

    def handle(self, *args: Any, code: list[str], **options: Any) -> None:
        """Fails when one of them fails."""
        failed = 0
        for policy in _policies(code):
            name = policy.connection.code
            try:
                run = sync(
                    policy,
                    dry_run=options["dry_run"],
                    accept_loss=options["accept_loss"],
                    progress=self._progress,
                )
            except Busy:
                self.stdout.write(f"{name}: another sync is at it.")
                failed += 1
                continue
            told = ", ".join(f"{count} {word}" for word, count in counted(run)) or "no course"
            self.stdout.write(f"{name}: {told}. {verdict(run)}")
            failed += run.state != SyncRun.State.DONE
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was written.")
        if failed:
            raise CommandError(f"{failed} did not come to a good end.")

    def _progress(self, run: SyncRun) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{sum(run.counts.values())} courses", ending="")


def _policies(codes: list[str]) -> list[SyncPolicy]:
    rows = SyncPolicy.objects.select_related("connection", "provider")
    if not codes:
        return list(rows.filter(active=True, connection__active=True))
    found = {policy.connection.code: policy for policy in rows.filter(connection__code__in=codes)}
    if unknown := [code for code in codes if code not in found]:
        raise CommandError(f"There is no sync of: {', '.join(unknown)}.")
    return [found[code] for code in codes]
