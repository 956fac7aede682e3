"""Rows of a CSV or JSON file as people really save them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAX_BYTES = 256 * 1024 * 1024
MAX_CELL = 100_000
ENCODINGS = ("utf-8-sig", "utf-16", "cp1254")


class UnreadableFile(Exception):
    """The file as a whole cannot be used; the message says why, for people."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """``(number, row)`` for each row; the number is the line (CSV) or the position (JSON).

    CSV may be separated by comma, semicolon or tab and be in UTF-8 (with or without a mark),
    UTF-16 or Windows-1254, as Excel saves it in Azerbaijani and Turkish. JSON is a list of
    objects, an object with a list under "courses", or one object per line.
    Raises UnreadableFile.
    """
    if not path.is_file():
        raise UnreadableFile(f"“{path.name}” is not a file.")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(f"“{path.name}” is larger than {MAX_BYTES // 2**20} MB.")
    text = _decode(path.read_bytes())
    if not text.strip():
        raise UnreadableFile(f"“{path.name}” is empty.")
    if path.suffix.lower() in {".json", ".jsonl", ".ndjson"} or text.lstrip()[0] in "[{":
        yield from _json_rows(text)
    else:
        yield from _csv_rows(text)


def _decode(raw: bytes) -> str:
    if b"\x00" in raw[:4000] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("This is not a text file. Save the table as CSV and try again.")
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Windows-1254 leaves a few bytes undefined.
    raise UnreadableFile("The letters cannot be read. Save the file as “CSV UTF-8” and try again.")


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(MAX_CELL)
    lines = text.splitlines(keepends=True)
    if lines[0].lower().startswith("sep="):
        lines = lines[1:]
    head = lines[0] if lines else ""
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(reader)]
        if len(set(names)) != len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise UnreadableFile(f"These columns appear twice: {', '.join(twice)}.")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                padded = cells + [""] * (len(names) - len(cells))
                row = dict(zip(names, padded, strict=False))
                if len(cells) > len(names):
                    row["…"] = delimiter.join(cells[len(names) :])
                yield reader.line_num, row
    except StopIteration as error:
        raise UnreadableFile("The file has no header line.") from error
    except csv.Error as error:
        raise UnreadableFile(f"Line {reader.line_num} cannot be read: {error}.") from error


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise UnreadableFile("The JSON is nested too deeply.") from error
    except ValueError as error:
        yield from _json_lines(text, error)
        return
    rows = data.get("courses") if isinstance(data, dict) and "courses" in data else data
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list):
        raise UnreadableFile("The JSON is neither a list of courses nor has one under “courses”.")
    yield from enumerate(rows, 1)


def _json_lines(text: str, whole: ValueError) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableFile(f"The JSON cannot be read: {whole}.") from error
