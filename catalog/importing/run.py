"""An import from start to end: verdicts first, then writing in batches, safe to repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from catalog.models import (
    Centre,
    Competency,
    Course,
    LMSConnection,
    Provider,
    Subject,
)
from catalog.people.models import Country, Institution

from .mapping import Mapping
from .rows import Known, Plan, plan
from .writing import write_batch

BATCH = 500
NEW, CHANGED, UNCHANGED, DUPLICATE, BAD = "new", "changed", "unchanged", "duplicate", "bad"


@dataclass
class Verdict:
    """What becomes of one row."""

    number: int
    outcome: str
    title: str = ""
    reasons: list[str] = field(default_factory=list)


@dataclass
class Report:
    """Counts per outcome; ``written`` is how many courses were written."""

    counts: Counter = field(default_factory=Counter)
    written: int = 0
    kept_texts: int = 0

    @property
    def refused(self) -> bool:
        """True when bad rows kept everything from being written."""
        return self.written == 0 and bool(self.counts[BAD])


def known_codes() -> Known:
    """Everything a row may refer to; seven queries."""

    def numbers(model: Any) -> dict[str, int]:
        return dict(model.objects.values_list("code", "pk"))

    centres = Centre.objects.values_list("code", "pk", "time_zone")
    return Known(
        providers=numbers(Provider),
        subjects=numbers(Subject),
        competencies=numbers(Competency),
        countries=numbers(Country),
        institutions=numbers(Institution),
        centres={code: (pk, zone) for code, pk, zone in centres},
        connections=numbers(LMSConnection),
    )


def examine(
    rows: Iterable[tuple[int, Any]], mapping: Mapping, known: Known
) -> Iterator[tuple[Verdict, str, Plan | None]]:
    """A verdict for each row, the row's key, and the plan of good rows that are not duplicates."""
    first_seen: dict[str, int] = {}
    for number, raw in rows:
        if not isinstance(raw, dict):
            yield (
                Verdict(number, BAD, reasons=["This is not a course but another value."]),
                "",
                None,
            )
            continue
        row = mapping.apply(raw)
        key = mapping.key_of(row)
        title = next((v for k, v in row.items() if k.startswith("title_")), key)[:80]
        made = plan(row, known)
        if not key:
            made.problems.insert(0, f"{' + '.join(mapping.key) or 'code'}: the key is empty.")
        if made.problems:
            yield Verdict(number, BAD, title, made.problems), key, None
        elif key in first_seen:
            same = f"the same course as row {first_seen[key]}"
            yield Verdict(number, DUPLICATE, title, [same]), key, None
        else:
            first_seen[key] = number
            yield Verdict(number, NEW, title), key, made


def run_import(
    rows: Callable[[], Iterable[tuple[int, Any]]],
    mapping: Mapping,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    publish: bool = False,
    on_verdict: Callable[[Verdict], None] = lambda verdict: None,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Import ``rows()`` (called once or twice: first everything is checked, then written).

    Nothing is written when a row is bad, unless ``skip_bad``. A batch is one transaction and rows
    that are already in as they are cost no write, so an interrupted import is resumed by starting
    it again. New texts are drafts unless ``publish``.
    """
    report, known = Report(), known_codes()
    if not skip_bad and not dry_run and _count_bad(rows(), mapping, known, report, on_verdict):
        return report
    report.counts.clear()
    batch: list[tuple[Verdict, str, Plan]] = []

    def flush() -> None:
        outcomes = _settle(batch, mapping, report, dry_run=dry_run, publish=publish)
        for verdict, outcome in zip((item[0] for item in batch), outcomes, strict=True):
            verdict.outcome = outcome
            report.counts[outcome] += 1
            on_verdict(verdict)
        batch.clear()

    done = 0
    for done, (verdict, key, made) in enumerate(examine(rows(), mapping, known), 1):
        if made is None:
            report.counts[verdict.outcome] += 1
            on_verdict(verdict)
        else:
            batch.append((verdict, key, made))
        if len(batch) == BATCH:
            flush()
            progress(done)
    flush()
    progress(done)
    return report


def _count_bad(rows, mapping: Mapping, known: Known, report: Report, on_verdict) -> int:
    for verdict, _key, _made in examine(rows, mapping, known):
        report.counts[verdict.outcome] += 1
        if verdict.outcome == BAD:
            on_verdict(verdict)
    return report.counts[BAD]


def _settle(batch, mapping: Mapping, report: Report, *, dry_run: bool, publish: bool) -> list[str]:
    keys = [key for _verdict, key, _made in batch]
    there = {
        course.source_key: course
        for course in Course.objects.filter(source=mapping.source, source_key__in=keys)
    }
    outcomes, work = [], []
    for _verdict, key, made in batch:
        course, digest = there.get(key), made.digest()
        if course is None:
            outcomes.append(NEW)
        elif course.source_hash == digest:
            outcomes.append(UNCHANGED)
            continue
        else:
            outcomes.append(CHANGED)
        work.append((key, digest, course, made))
    if work and not dry_run:
        with transaction.atomic():
            report.kept_texts += write_batch(mapping.source, work, publish=publish)
        report.written += len(work)
    return outcomes
