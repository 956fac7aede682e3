"""``manage.py rebuild_search``: write the whole search index anew."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError

from search.engine import EngineUnavailable, Index
from search.engines import get_indexes
from search.rebuild import rebuild_index
from search.upkeep import needs_rebuild


class Command(BaseCommand):
    """Builds beside the live index, checks, then switches; goes on with what was killed."""

    help = "Rebuild the search index beside the live one, then switch to it."

    def add_arguments(self, parser) -> None:
        """``--if-needed`` is what start-up uses."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only where there is no index, its analysis is out of date or it missed changes.",
        )
        parser.add_argument(
            "--afresh", action="store_true", help="Do not go on with a build that was interrupted."
        )

    def handle(self, *args, if_needed: bool = False, afresh: bool = False, **options) -> None:
        """Rebuild and report; at start-up it is enough that one index can answer."""
        problems, indexes = [], get_indexes()
        for index in indexes:
            try:
                self._one(index, if_needed, afresh)
            except EngineUnavailable as error:
                problems.append(f"{index.place}: {error}")
        if problems and (not if_needed or len(problems) == len(indexes)):
            raise CommandError(f"The search engine does not answer: {'; '.join(problems)}")
        for problem in problems:
            self.stderr.write(f"Not rebuilt now; the worker will do it. {problem}")

    def _one(self, index: Index, if_needed: bool, afresh: bool) -> None:
        if if_needed and not needs_rebuild(index):
            self.stdout.write("The search index is up to date.")
            return
        started = time.monotonic()
        count = rebuild_index(index, self._progress, afresh=afresh)
        seconds = time.monotonic() - started
        self.stdout.write(f"Indexed {count} entries in {seconds:.1f} s ({index.place}).")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
