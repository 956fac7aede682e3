"""A generated catalogue imported and indexed: how long it takes and how much memory."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from catalog.models import CourseText, Provider, Subject
from search.tasks import catch_up

from .generate import courses
from .report import Report

BOUND_SECONDS, BOUND_COURSES, BOUND_MB = 300, 35_000, 1024
"""So many seconds for so many courses, on SQLite with two cores; memory whatever their number."""


def fill(count: int, report: Report) -> None:
    """Import ``count`` courses as an operator does, then index them as the worker does."""
    with tempfile.TemporaryDirectory() as folder:
        file = _write(count, Path(folder) / "courses.jsonl")
        began, cpu = time.monotonic(), time.process_time()
        call_command("import_courses", file, source="bench", publish=True, stdout=StringIO())
    imported, imported_cpu = time.monotonic(), time.process_time()
    # Every change that waits in the outbox.
    catch_up()
    done, done_cpu = time.monotonic(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    texts = CourseText.objects.count()
    report.say(
        f"{count} courses imported, {texts} texts now: "
        f"{imported - began:.0f} s (CPU {imported_cpu - cpu:.0f} s)"
    )
    report.say(f"indexed: {done - imported:.0f} s (CPU {done_cpu - imported_cpu:.0f} s)")
    seconds = done - began
    report.say(
        f"both: {seconds:.0f} s (CPU {done_cpu - cpu:.0f} s; "
        f"bound {BOUND_SECONDS} s for {BOUND_COURSES} courses)",
        over=count >= BOUND_COURSES and seconds > BOUND_SECONDS,
    )
    report.say(f"peak memory {peak:.0f} MB (bound {BOUND_MB} MB)", over=peak > BOUND_MB)


def _write(count: int, file: Path) -> Path:
    providers = list(Provider.objects.values_list("code", flat=True))
    subjects = list(Subject.objects.filter(parent__isnull=False).values_list("code", flat=True))
    with file.open("w", encoding="utf-8") as out:
        for row in courses(count, providers=providers, subjects=subjects):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file
