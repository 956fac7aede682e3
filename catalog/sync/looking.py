"""Which courses of a batch are as they were: known by their digests, without a model made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from catalog.lms import Listed

from .deciding import is_as_it_was, was_deleted
from .models import SourceRecord, SyncPolicy, SyncRun
from .reading import is_wanted

LEFT_OUT, RETURNED, UNCHANGED = "left_out", "returned", "unchanged"
# Fewer than the parameters that any database takes in a statement.
MOST_MARKED = 10_000


class Row(NamedTuple):
    """As much of a record as tells."""

    key: str
    pk: int
    digest: str
    outcome: str
    course_id: int | None
    seen_in_id: int | None
    missing_since: datetime | None


def known_rows(policy: SyncPolicy, keys: Collection[str] | None = None) -> dict[str, Row]:
    """What is known of all courses of an LMS, or of some, by their keys. Reading all at once costs
    a third of asking for each batch, and half a kilobyte for each course."""
    records = SourceRecord.objects.filter(connection=policy.connection)
    records = records if keys is None else records.filter(key__in=keys)
    rows = records.values_list(*Row._fields).iterator(chunk_size=2000)
    return {row[0]: Row._make(row) for row in rows}


class Looked(NamedTuple):
    """``same``: numbers of the records of courses that are as they were; ``others``: the others."""

    counts: Counter
    same: list[int]
    others: list[Listed]


def look(
    policy: SyncPolicy, run: SyncRun, courses: Iterable[Listed], known: Mapping[str, Row]
) -> Looked:
    """Each course once; asks and writes nothing."""
    told = {course.key: course for course in courses if course.key}
    counts: Counter = Counter()
    same, others = [], []
    for key, course in told.items():
        row, wanted = known.get(key), is_wanted(course.category, policy.categories)
        if row is None or not is_as_it_was(course, row, is_wanted=wanted):
            others.append(course)
            continue
        same.append(row.pk)
        counts[RETURNED] += row.missing_since is not None
        # What was stored before an interruption is not counted twice.
        if row.seen_in_id != run.pk:
            counts[LEFT_OUT if not wanted or was_deleted(row) else UNCHANGED] += 1
    return Looked(+counts, same, others)


def mark(run: SyncRun, same: Sequence[int]) -> None:
    """These stand in the list; one statement for every ``MOST_MARKED``."""
    for start in range(0, len(same), MOST_MARKED):
        records = SourceRecord.objects.filter(pk__in=same[start : start + MOST_MARKED])
        records.update(seen_in=run, missing_since=None)
