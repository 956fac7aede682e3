"""What is read in a sync and what it leaves: batch by batch, each with the state of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.lms import Listed

from .applying import Applier
from .looking import known_rows, look, mark
from .models import SourceRecord, SyncPolicy, SyncRun

# So many courses are compared at once, and so many written; what waits is written, too, when so
# many were found to be as they were.
BATCH, LONGEST_PUT_OFF = 500, 10_000
# More than this share gone at once is a fault of the list sooner than a change of the catalogue.
MOST_VANISHED = 0.10
MISSING, VANISHED = "missing", "vanished"

Progress = Callable[[SyncRun], None]


class Storing:
    """Writes what is read; every batch is a transaction with the state of the run."""

    def __init__(
        self, policy: SyncPolicy, run: SyncRun, *, accept_loss: bool, progress: Progress
    ) -> None:
        self.run, self.accept_loss, self.progress = run, accept_loss, progress
        self.policy, self.applier = policy, Applier(policy, run)
        self.known = known_rows(policy)
        self.records = SourceRecord.objects.filter(connection=policy.connection)
        # Read and not compared; compared and not written; parts of which the last word was read.
        self.read: list[Listed] = []
        self.same: list[int] = []
        self.others: list[Listed] = []
        self.ended: list[str] = []
        self.counts: Counter = Counter()

    def take(self, course: Listed) -> None:
        """Compared, and written if need be, with the others of its batch."""
        self.read.append(course)
        if len(self.read) == BATCH:
            self.compare()
            if len(self.others) >= BATCH or len(self.same) >= LONGEST_PUT_OFF:
                self.store()

    def end_part(self, key: str) -> None:
        """It need not be read again once all that it held is stored."""
        self.ended.append(key)
        if not (self.read or self.same or self.others):
            self.store()

    def compare(self) -> None:
        """What was read becomes what is as it was and what is to be written."""
        counts, same, others = look(self.policy, self.run, self.read, self.known)
        self.counts += counts
        self.same += same
        self.others += others
        self.read = []

    def store(self) -> None:
        """All that waits, in one transaction with the state of the run."""
        self.compare()
        with transaction.atomic():
            self.work()
            self.save()
        self.progress(self.run)

    def stop(self) -> None:
        """What was read is stored, and known when the rest of its part is read again."""
        self.store()
        self.known = known_rows(self.policy)

    def work(self) -> None:
        """Marks, writes and counts; parts that ended need not be read again."""
        mark(self.run, self.same)
        if self.others:
            self.counts += self.applier.apply(self.others)
        self.count(self.counts)
        self.run.parts_done += self.ended
        self.same, self.others, self.ended, self.counts = [], [], [], Counter()

    def count(self, counts: Counter) -> None:
        """Adds to the report."""
        self.run.counts = dict(Counter(self.run.counts) + counts)

    def save(self) -> None:
        """So that the page shows how far it is."""
        self.run.changed_at = timezone.now()
        self.run.save()

    def finish(self) -> None:
        """The list was complete: what did not stand in it is missing, unless that is too much."""
        self.store()
        known = self.records.filter(missing_since=None)
        total, gone = known.count(), self.gone(known)
        count = gone.count()
        if count > total * MOST_VANISHED and not self.accept_loss:
            self.end(SyncRun.State.REFUSED, VANISHED, f"{count} / {total}")
            return
        with transaction.atomic():
            self.mark(gone)
            self.count(Counter({MISSING: count}))
            self.end(SyncRun.State.DONE)

    def gone(self, known: Any) -> Any:
        """Those that neither this run nor a push since it began has met."""
        return known.exclude(seen_in__gte=self.run.pk)

    def mark(self, gone: Any) -> None:
        """They stay in the catalogue; editors see that the LMS has them no more."""
        gone.update(missing_since=timezone.now())

    def end(self, state: str, reason: str = "", detail: str = "") -> None:
        """The verdict."""
        self.run.state, self.run.reason, self.run.detail = state, reason, detail[:300]
        self.run.finished_at = timezone.now()
        self.save()


class Rehearsal(Storing):
    """Does all the work and takes it back; the keys that were met are kept in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.met: set[str] = set()

    def compare(self) -> None:
        """Their keys are kept as well."""
        self.met.update(course.key for course in self.read)
        super().compare()

    def store(self) -> None:
        """One transaction that ends as if it had not been."""
        self.compare()
        with transaction.atomic():
            self.run.save()
            self.work()
            transaction.set_rollback(True)
        self.run.pk, self.run._state.adding = None, True

    def save(self) -> None:
        """Nothing is stored."""

    def gone(self, known: Any) -> Any:
        """By the keys met, in pieces that a database takes."""
        missing = [pk for pk, key in known.values_list("pk", "key") if key not in self.met]
        return _Counted(missing)

    def mark(self, gone: Any) -> None:
        """Nothing is stored."""


class _Counted(list):
    """A list that counts like a selection."""

    def count(self, *_any: object) -> int:
        """How many."""
        return len(self)
