"""Rows of a CSV or JSON file as people really save them, read without holding the whole file."""

from __future__ import annotations

import contextlib
import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from .encoding import encoding_of
from .problems import UnreadableFile

MAX_BYTES = 256 * 1024 * 1024
# A list in JSON has to be held in memory; one object per line does not.
MAX_LIST_BYTES = 64 * 1024 * 1024
MAX_CELL = 100_000
MAX_LINE = 2_000_000
MAX_COLUMNS = 1_000
# Under this name a row keeps the cells that stand beyond the header.
BEYOND = "…"


def read_rows(path: Path) -> Iterator[tuple[int, Any]]:
    """``(number, row)`` for each row; the number is the line, or the position in a JSON list.

    CSV may be separated by comma, semicolon or tab and be in UTF-8 (with or without a mark),
    UTF-16, Windows-1254 or Windows-1251, as Excel saves it. JSON is a list of objects, an object
    with a list under "courses", or one object per line; a line that is no JSON comes as None.
    Raises UnreadableFile.
    """
    try:
        if not path.is_file():
            raise UnreadableFile(f"“{path.name}” is not a file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(f"“{path.name}” is larger than {MAX_BYTES // 2**20} MB.")
        with path.open(encoding=encoding_of(path), newline="") as file:
            start = _first_character(file)
            if not start:
                raise UnreadableFile(f"“{path.name}” is empty.")
            if path.suffix.lower() in {".json", ".jsonl", ".ndjson"} or start in "[{":
                yield from _json_rows(file, size)
            else:
                yield from _csv_rows(file)
    except OSError as error:
        raise UnreadableFile(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _first_character(file: TextIO) -> str:
    """The first character that is no space, "" when there is none; the file is rewound."""
    while chunk := file.read(4096):
        if found := chunk.lstrip():
            file.seek(0)
            return found[0]
    return ""


def _lines(file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise UnreadableFile(f"Line {number} is longer than {MAX_LINE} characters.")
        yield line


def _csv_rows(file: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(MAX_CELL)
    lines = _lines(file)
    head, passed = next(lines), 0
    if head.lower().startswith("sep="):
        head, passed = next(lines, ""), 1
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(_again(head, lines), delimiter=delimiter, strict=True)
    try:
        names = _names(next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
                if beyond := [cell for cell in cells[len(names) :] if cell.strip()]:
                    row[BEYOND] = beyond[0]
                yield reader.line_num + passed, row
    except csv.Error as error:
        line = reader.line_num + passed
        raise UnreadableFile(f"Line {line} cannot be read: {_why(error)}.") from error


def _again(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines


def _names(cells: list[str]) -> list[str]:
    """The header's names; Excel leaves empty ones behind."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise UnreadableFile("The file has no header line.")
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(f"The file has {len(names)} columns; at most {MAX_COLUMNS} are read.")
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        raise UnreadableFile(f"These columns appear twice: {', '.join(sorted(twice))[:300]}.")
    return names


def _why(error: csv.Error) -> str:
    """The parser's complaint in words for the person who made the file."""
    text = str(error)
    if "field larger" in text:
        return f"a cell has more than {MAX_CELL} characters, or a quotation mark is not closed"
    if "unexpected end" in text:
        return "a quotation mark is not closed"
    if "expected after" in text:
        return "something follows a closing quotation mark"
    return text


def _json_rows(file: TextIO, size: int) -> Iterator[tuple[int, Any]]:
    first = next(line for line in _lines(file) if line.strip())
    if _is_object(first) and next(_lines(file), ""):
        file.seek(0)
        yield from _json_lines(file)
        return
    if size > MAX_LIST_BYTES:
        raise UnreadableFile(
            f"A JSON list may have {MAX_LIST_BYTES // 2**20} MB. Save one object per line (JSONL)."
        )
    file.seek(0)
    try:
        data = json.load(file)
    except RecursionError as error:
        raise UnreadableFile("The JSON is nested too deeply.") from error
    except ValueError as error:
        raise UnreadableFile(f"The JSON cannot be read: {error}.") from error
    rows = data.get("courses") if isinstance(data, dict) and "courses" in data else data
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list):
        raise UnreadableFile("The JSON is neither a list of courses nor has one under “courses”.")
    yield from enumerate(rows, 1)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _json_lines(file: TextIO) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_lines(file), 1):
        if line.strip():
            row = None
            with contextlib.suppress(ValueError, RecursionError):
                row = json.loads(line)
            yield number, row
