"""``manage.py train_embedder``: learn from the catalogue which words mean the same."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand

from search.embedding.keeping import current
from search.embedding.learning import train_on_catalogue


class Command(BaseCommand):
    """Trains the default embedder; the index has its vectors after the next rebuild."""

    help = "Train the default embedder on the published catalogue and the glossary."

    def add_arguments(self, parser) -> None:
        """``--if-needed`` is what start-up uses."""
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only when there is none, or its analysis is out of date.",
        )

    def handle(self, *args, if_needed: bool = False, **options) -> None:
        """Train and report."""
        if if_needed and current():
            self.stdout.write("The embedder is up to date.")
            return
        started = time.monotonic()
        made = train_on_catalogue()
        if made is None:
            self.stdout.write("The catalogue is too small to learn from.")
            return
        self.stdout.write(
            f"Trained {made.dimensions} dimensions in {time.monotonic() - started:.1f} s; "
            "the index has its vectors after the next rebuild."
        )
