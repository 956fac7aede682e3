"""``manage.py rebuild_search``: write the whole search index anew."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError

from search.engine import EngineUnavailable
from search.engines import get_engine
from search.rebuild import rebuild


class Command(BaseCommand):
    """Builds beside the live index, checks, then switches."""

    help = "Rebuild the search index beside the live one, then switch to it."

    def add_arguments(self, parser) -> None:
        """``--if-needed`` is what start-up uses."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only when there is no index or its analysis is out of date.",
        )

    def handle(self, *args, if_needed: bool = False, **options) -> None:
        """Rebuild and report."""
        try:
            if if_needed and get_engine().health().ok:
                self.stdout.write("The search index is up to date.")
                return
            started = time.monotonic()
            count = rebuild(self._progress)
        except EngineUnavailable as error:
            raise CommandError(f"The search engine does not answer: {error}") from error
        self.stdout.write(f"Indexed {count} courses in {time.monotonic() - started:.1f} s.")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
