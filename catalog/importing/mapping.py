"""Which of their columns is which of ours, and what identifies a course in the file."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from home.languages.translated import language_codes

from .problems import UnreadableFile
from .reading import BEYOND

FACTS = (
    "code kind provider subjects competencies level mode workload teaching subtitles voice "
    "audience countries institutions enrolment contact_name contact_email contact_phone "
    "lms lms_key written_in"
).split()
RUN = (
    "run_code run_pace run_mode run_language run_start run_end enrolment_start enrolment_end "
    "seats seats_taken centre"
).split()
TEXTS = ("title", "summary", "about", "outline", "outcomes", "search_words")
MAX_BYTES = 1024 * 1024
LONGEST_SOURCE = 60
# C0 but line breaks, DEL, C1, and halves of characters that no database takes.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TEXT = re.compile(rf"({'|'.join(TEXTS)})_([a-z]{{2,3}})")


@dataclass(frozen=True)
class Mapping:
    """How to read a file.

    ``columns``: their name → ours; ``key``: our columns that together identify a course (empty:
    ``code``); ``defaults``: values for columns the file lacks; ``source``: the name under which
    the rows are known, so that a second import finds them again.
    """

    source: str
    columns: dict[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    defaults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None, source: str) -> Mapping:
        """From a JSON file; raises UnreadableFile with the reason."""
        if path is None:
            return cls(source=_source(source))
        try:
            if not path.is_file() or path.stat().st_size > MAX_BYTES:
                raise UnreadableFile(f"The mapping “{path.name}” is not a file, or a huge one.")
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError) as error:
            raise UnreadableFile(f"The mapping “{path.name}” cannot be read: {error}.") from error
        if not isinstance(data, dict):
            raise UnreadableFile("The mapping must be a JSON object.")
        if unknown := set(data) - {"source", "columns", "key", "defaults"}:
            raise UnreadableFile(f"The mapping has unknown parts: {', '.join(sorted(unknown))}.")
        mapping = cls(
            source=_source(str(data.get("source", source))),
            columns=_strings(data.get("columns", {}), "columns"),
            key=_names(data.get("key", [])),
            defaults=_strings(data.get("defaults", {}), "defaults"),
        )
        ours = {*mapping.columns.values(), *mapping.defaults, *mapping.key}
        if bad := sorted(name for name in ours if not is_column(name)):
            raise UnreadableFile(f"The mapping names columns we do not have: {', '.join(bad)}.")
        return mapping

    def oddities(self, row: dict[str, Any]) -> list[str]:
        """Sentences about cells that no column can take."""
        odd = [
            f"{ours}: this is a JSON object, not text."
            for name, value in row.items()
            if is_column(ours := self.columns.get(name, name)) and not _is_plain(value)
        ]
        if BEYOND in row:
            odd.append(f"“{str(row[BEYOND])[:60]}” stands beyond the last column of the header.")
        return odd

    def apply(self, row: dict[str, Any]) -> dict[str, str]:
        """Our columns with text in them; columns we do not know are dropped."""
        found = dict(self.defaults)
        for name, value in row.items():
            ours = self.columns.get(name, name)
            if is_column(ours) and value not in (None, ""):
                found[ours] = _as_text(value)
        return found

    def key_of(self, row: dict[str, str]) -> str:
        """What identifies the row; "" when the columns that should are empty."""
        if not self.key:
            return row.get("code", "").strip()
        values = [" ".join(row.get(name, "").split()) for name in self.key]
        if not any(values):
            return ""
        joined = "\x1f".join(values)
        return joined if len(joined) <= 150 else hashlib.sha256(joined.encode()).hexdigest()


def is_column(name: str) -> bool:
    """True for the columns of docs/import.md."""
    text = _TEXT.fullmatch(name)
    return name in FACTS or name in RUN or bool(text and text[2] in language_codes())


def _source(name: str) -> str:
    name = clean(name)
    if not name or len(name) > LONGEST_SOURCE:
        raise UnreadableFile(
            f"The name of a source has 1 to {LONGEST_SOURCE} characters. Give one with --source."
        )
    return name


def _as_text(value: Any) -> str:
    """Clean text of a cell; a JSON list is one item per line."""
    if isinstance(value, list):
        value = "\n".join(str(item) for item in value)
    return clean(str(value))


def clean(text: str) -> str:
    """Text without the control characters that spreadsheets and copies leave behind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return not any(isinstance(item, list | dict) for item in value)
    return not isinstance(value, dict)


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise UnreadableFile("“key” in the mapping must be a list of columns.")
    return tuple(str(name) for name in value)


def _strings(value: Any, name: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UnreadableFile(f"“{name}” in the mapping must be an object.")
    return {str(k): str(v) for k, v in value.items()}
