"""An import from start to end: verdicts first, then writing in batches, safe to repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
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
from .writing import code_of, write_batch

BATCH = 500
MOST_REASONS = 10
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
    """Counts per outcome; ``written`` is how many courses were written.

    ``refused``: bad rows kept everything from being written.
    """

    counts: Counter = field(default_factory=Counter)
    written: int = 0
    kept_texts: int = 0
    refused: bool = False


def known_codes(codes: Collection[str] | None = None) -> Known:
    """Everything a row may refer to; eight queries. ``codes`` are the courses of which it matters
    whose they are: all, unless they are named."""

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
        taken=owners(codes),
    )


def owners(codes: Collection[str] | None = None) -> dict[str, tuple[str, str]]:
    """Code of a course → its source and its key there; of all courses or only of these codes."""
    rows = Course.objects.order_by().values_list("code", "source", "source_key")
    rows = rows if codes is None else rows.filter(code__in=codes)
    return {code: (source, key) for code, source, key in rows.iterator()}


def examine(
    rows: Iterable[tuple[int, Any]], mapping: Mapping, known: Known
) -> Iterator[tuple[Verdict, str, Plan | None]]:
    """A verdict for each row, the row's key, and the plan of good rows that are not duplicates."""
    keys: dict[str, int] = {}
    codes: dict[str, int] = {}
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
        if key and key in keys:
            same = f"the same course as row {keys[key]}"
            yield Verdict(number, DUPLICATE, title, [same]), key, None
            continue
        made = plan(row, known)
        made.facts["code"] = code = made.facts["code"] or code_of(mapping.source, key)
        problems = mapping.oddities(raw) + made.problems + _code_problems(code, key, mapping, known)
        if code in codes:
            problems.append(f"code: “{code}” is the code of row {codes[code]} already.")
        if not key:
            problems.insert(0, f"{' + '.join(mapping.key) or 'code'}: the key is empty.")
        if problems:
            yield Verdict(number, BAD, title, problems[:MOST_REASONS]), key, None
            continue
        keys[key] = codes[code] = number
        yield Verdict(number, NEW, title), key, made


def _code_problems(code: str, key: str, mapping: Mapping, known: Known) -> list[str]:
    """A code that belongs to another course of the portal cannot be used twice."""
    owner = known.taken.get(code)
    if owner in (None, (mapping.source, key)):
        return []
    if owner[0] == mapping.source:
        return [f"code: “{code}” belongs to another course of this source."]
    if owner[0]:
        return [
            f"code: “{code}” belongs to a course of the source “{owner[0]}”. "
            f"If this is a newer file of that source, add --source {owner[0]}"
        ]
    return [f"code: “{code}” belongs to a course that was written in the admin."]


def run_import(
    rows: Callable[[], Iterable[tuple[int, Any]]],
    mapping: Mapping,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    publish: bool = False,
    on_verdict: Callable[[Verdict], None] = lambda verdict: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Import ``rows()``, which is called twice: first everything is checked, then written.

    Nothing is written when a row is bad, unless ``skip_bad``. A batch is one transaction and rows
    that are already in as they are cost no write, so an interrupted import is resumed by starting
    it again. New texts are drafts unless ``publish``. ``progress(done, total)`` after each batch;
    ``total`` is 0 while rows are being checked.
    """
    report, known = Report(), known_codes()
    if not dry_run:
        say = _nothing if skip_bad else on_verdict
        bad = _check(rows(), mapping, known, report, say, progress)
        report.refused = bool(bad) and not skip_bad
        if report.refused:
            return report
    total = report.counts.total()
    report.counts.clear()
    batch: list[tuple[Verdict, str, Plan]] = []

    def flush() -> None:
        outcomes = _settle(batch, mapping, report, dry_run=dry_run, publish=publish)
        for (verdict, _key, _made), outcome in zip(batch, outcomes, strict=True):
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
            progress(done, total)
    flush()
    progress(done, total)
    return report


def _nothing(verdict: Verdict) -> None:
    """The second reading speaks."""


def _check(rows, mapping: Mapping, known: Known, report: Report, on_verdict, progress) -> int:
    """Count what would become of every row and name the bad ones; returns how many are bad."""
    for done, (verdict, _key, _made) in enumerate(examine(rows, mapping, known), 1):
        report.counts[verdict.outcome] += 1
        if verdict.outcome == BAD:
            on_verdict(verdict)
        if done % (10 * BATCH) == 0:
            progress(done, 0)
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
            report.kept_texts += len(write_batch(mapping.source, work, publish=publish))
        report.written += len(work)
    return outcomes
