"""Queries with what people who know the catalogue say should be found."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.params import TYPES

# 3: what was sought; 2: answers it too; 1: near it.
SOUGHT, ANSWERS = 3, 2
_COLUMNS = {"query", "language", "intent", "expected"}


class UnreadableFile(Exception):
    """The file is no table of judged queries; the text says why."""


@dataclass(frozen=True)
class Judged:
    """A query, its reader's language, the tab it searches, and a grade for each code to find.

    Without grades nothing in the catalogue answers it.
    """

    query: str
    language: str
    intent: str
    type: str
    grades: Mapping[str, int]

    @property
    def answers(self) -> frozenset[str]:
        """Codes of what answers the query."""
        return frozenset(code for code, grade in self.grades.items() if grade >= ANSWERS)


def read(path: Path) -> list[Judged]:
    """The rows of a CSV file: query, language, intent, type (or none), ``code=grade …``."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := _COLUMNS - set(reader.fieldnames or ()):
                raise UnreadableFile(f"columns are missing: {', '.join(sorted(missing))}")
            return [_judged(row, number) for number, row in enumerate(reader, 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(str(error)) from error


def _judged(row: dict[str, str], line: int) -> Judged:
    grades: dict[str, int] = {}
    for item in (row["expected"] or "").split():
        code, _equals, grade = item.partition("=")
        grades[code] = int(grade) if grade in {"1", "2", "3"} else 0 if grade else SOUGHT
        if not grades[code]:
            raise UnreadableFile(f"line {line}: “{item}” is no code with a grade from 1 to 3")
    kind = row.get("type") or TYPES[0]
    if kind not in TYPES:
        raise UnreadableFile(f"line {line}: “{kind}” is no type of entry")
    return Judged(row["query"], row["language"], row["intent"], kind, grades)
