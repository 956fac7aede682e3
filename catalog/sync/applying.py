"""Courses that are new or changed, written into the catalogue in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.importing.mapping import Mapping
from catalog.importing.rows import Plan
from catalog.importing.run import examine, known_codes, owners
from catalog.importing.writing import Kept, Told, code_of, write_batch
from catalog.lms import Listed, RemoteCourse
from catalog.models import Course, CourseText
from catalog.signals import announce_courses

from .comparing import FIELDS, Compared, keep_differences
from .deciding import Fate, Outcome, fate_of, was_deleted
from .looking import LEFT_OUT, RETURNED
from .models import SourceRecord, SyncPolicy, SyncRun
from .reading import date_problems, dates_of, is_wanted, row_of

# Windows, seats, level, audience and whatever else are people's once the course is there.
TOLD = Told(
    frozenset({"lms_id", "lms_key"}),
    frozenset({"start", "end", "enrolment_start", "enrolment_end"}),
)
NEW, CHANGED, BAD, HIDDEN, OURS, KEPT = "new", "changed", "bad", "hidden", "ours", "kept_texts"
Pair = tuple[RemoteCourse, SourceRecord]


class Applier:
    """Applies batches for one run; remembers which codes are taken."""

    def __init__(self, policy: SyncPolicy, run: SyncRun) -> None:
        self.policy, self.run = policy, run
        self.known = known_codes(())
        self.mapping = Mapping(source=policy.source, key=("lms_key",))
        self.defaults = {
            "lms": policy.connection.code,
            "provider": policy.provider.code,
            "audience": policy.audience,
        }

    @transaction.atomic
    def apply(self, courses: Iterable[Listed]) -> Counter:
        """Writes them and what is known of them; counts by outcome."""
        listed = {course.key: course for course in courses if course.key}
        told = {key: course.read() for key, course in listed.items()}
        records = self._records(told)
        counts: Counter = Counter()
        fates: dict[Fate, list[str]] = {fate: [] for fate in Fate}
        for key, course in told.items():
            wanted = is_wanted(course.category, self.policy.categories)
            fates[fate_of(course, records[key], is_wanted=wanted)].append(key)
            counts[RETURNED] += records[key].missing_since is not None
        for key, course in told.items():
            _fill(records[key], listed[key].digest, course, self.run)
        pairs = {fate: [(told[key], records[key]) for key in fates[fate]] for fate in Fate}
        compared = self._write(pairs[Fate.WRITE], counts)
        compared += self._compare(pairs[Fate.COMPARE], counts)
        for _course, record in pairs[Fate.HIDE]:
            counts[HIDDEN] += 1
            _take_down(record)
            record.outcome = Outcome.HIDDEN
        for _course, record in pairs[Fate.LEAVE_OUT]:
            counts[LEFT_OUT] += 1
            if not was_deleted(record):
                record.outcome = Outcome.LEFT_OUT
        _save(records.values())
        keep_differences(compared)
        return +counts

    def _records(self, told: dict[str, RemoteCourse]) -> dict[str, SourceRecord]:
        connection = self.policy.connection
        rows = SourceRecord.objects.select_for_update().filter(
            connection=connection, key__in=list(told)
        )
        records = {row.key: row for row in rows}
        fresh = [course for key, course in told.items() if key not in records]
        ours = self._connected_by_people(fresh)
        for course in fresh:
            found = ours.get(course.key)
            records[course.key] = SourceRecord(
                connection=connection, key=course.key, course=found, is_ours=found is not None
            )
        return records

    def _connected_by_people(self, courses: list[RemoteCourse]) -> dict[str, Course]:
        """Courses that lead there already, by whatever name the LMS lets them be called."""
        names = {name: course.key for course in courses for name in _names(course)}
        leading = Q(lms_key__in=list(names)) & ~Q(source=self.policy.source)
        found = Course.objects.filter(leading, lms=self.policy.connection)
        return {names[course.lms_key]: course for course in found}

    def _write(self, pairs: list[Pair], counts: Counter) -> list[Compared]:
        by_key = {course.key: (course, record) for course, record in pairs}
        self._learn_owners(course for course, _record in pairs)
        rows = [self._row(course) for course, _record in pairs]
        plans: dict[bool, list] = {True: [], False: []}
        there = self._there(by_key)
        for verdict, key, made in examine(enumerate(rows, 1), self.mapping, self.known):
            # Rows come back in the order in which they went in.
            course, record = pairs[verdict.number - 1]
            problems = verdict.reasons or ([] if made is None else self._date(made, course))
            if made is None or problems:
                counts[BAD] += 1
                record.outcome, record.problem = Outcome.BAD, "; ".join(problems)[:500]
                continue
            counts[CHANGED if key in there else NEW] += 1
            record.outcome, record.problem = Outcome.WRITTEN, ""
            plans[self._is_published(course)].append((key, record.digest, there.get(key), made))
            self.known.taken[made.facts["code"]] = (self.policy.source, key)
        kept: list[Kept] = []
        for publish, work in plans.items():
            if work:
                kept += write_batch(self.policy.source, work, publish=publish, told=TOLD)
        counts[KEPT] += len(kept)
        return self._link(by_key, kept)

    def _learn_owners(self, courses: Iterable[RemoteCourse]) -> None:
        """Whose the codes are that these may get; those given out by this run are known."""
        codes = {
            code
            for course in courses
            for code in (course.short_name, code_of(self.policy.source, course.key))
        }
        self.known.taken.update(owners(codes - self.known.taken.keys()))

    def _row(self, course: RemoteCourse) -> dict[str, Any]:
        row = row_of(course, self.policy.language, self.defaults)
        owner = self.known.taken.get(row.get("code", ""))
        if owner not in (None, (self.policy.source, course.key)):
            # Somebody else's: it gets a code of its own.
            del row["code"]
        return row

    def _there(self, keys: Iterable[str]) -> dict[str, Course]:
        rows = Course.objects.select_for_update().filter(
            source=self.policy.source, source_key__in=list(keys)
        )
        return {row.source_key: row for row in rows}

    @staticmethod
    def _date(made: Plan, course: RemoteCourse) -> list[str]:
        dates = dates_of(course)
        if made.run is not None:
            made.run |= dates
        return date_problems(dates)

    def _is_published(self, course: RemoteCourse) -> bool:
        """What the LMS does not expressly call visible is never published unseen."""
        return self.policy.arrival == SyncPolicy.Arrival.PUBLISH and course.visible is True

    def _link(self, by_key: dict[str, Pair], kept: list[Kept]) -> list[Compared]:
        records = {}
        numbers = Course.objects.filter(source=self.policy.source, source_key__in=list(by_key))
        for key, number in numbers.values_list("source_key", "pk"):
            record = by_key[key][1]
            record.course_id = number
            records[number] = record
            _put_back(record)
        return [(records[text.course_id], text, words) for text, words in kept]

    def _compare(self, pairs: list[Pair], counts: Counter) -> list[Compared]:
        texts = CourseText.objects.select_related("locale").filter(
            course__in=[record.course_id for _course, record in pairs]
        )
        by_course: dict[int, dict[str, CourseText]] = {}
        for text in texts:
            by_course.setdefault(text.course_id, {})[text.locale.language_code] = text
        compared: list[Compared] = []
        for course, record in pairs:
            counts[OURS] += 1
            record.outcome = Outcome.OURS
            row = self._row(course)
            for language, text in by_course.get(record.course_id, {}).items():
                if f"title_{language}" in row:
                    words = {name: row[f"{name}_{language}"] for name in FIELDS}
                    compared.append((record, text, words))
        return compared


_KEPT_FIELDS = (
    *("digest", "title", "category", "outcome", "problem"),
    *("course", "is_ours", "taken_down", "seen_in", "missing_since"),
)


def _fill(record: SourceRecord, digest: str, course: RemoteCourse, run: SyncRun) -> None:
    record.digest, record.seen_in, record.missing_since = digest, run, None
    record.title, record.category = course.title[:255], course.category[:500]


def _save(records: Iterable[SourceRecord]) -> None:
    SourceRecord.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["connection", "key"],
        update_fields=_KEPT_FIELDS,
    )


def _names(course: RemoteCourse) -> list[str]:
    names = [course.key, course.short_name, f"shortname:{course.short_name}"]
    return [name for name in (*names, f"idnumber:{course.number}") if not name.endswith(":")]


def _take_down(record: SourceRecord) -> None:
    """Nobody can take a course that is hidden, so nobody is shown it."""
    texts = CourseText.objects.filter(course=record.course_id, live=True)
    if record.course_id is None or not texts:
        return
    record.taken_down = sorted({*record.taken_down, *(text.pk for text in texts)})
    for text in texts:
        text.unpublish()


def _put_back(record: SourceRecord) -> None:
    """What went offline with the course comes back with it."""
    if not record.taken_down:
        return
    texts = CourseText.objects.filter(pk__in=record.taken_down, course=record.course_id)
    texts.filter(live=False).update(live=True, last_published_at=timezone.now())
    record.taken_down = []
    announce_courses([record.course_id])
