"""Which of their columns is which of ours, and what identifies a course in the file."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from home.languages.translated import language_codes

from .reading import UnreadableFile

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
            return cls(source=source)
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise UnreadableFile(f"The mapping “{path.name}” cannot be read: {error}.") from error
        if not isinstance(data, dict):
            raise UnreadableFile("The mapping must be a JSON object.")
        if unknown := set(data) - {"source", "columns", "key", "defaults"}:
            raise UnreadableFile(f"The mapping has unknown parts: {', '.join(sorted(unknown))}.")
        mapping = cls(
            source=str(data.get("source", source)),
            columns=_strings(data.get("columns", {}), "columns"),
            key=tuple(str(name) for name in data.get("key", ())),
            defaults=_strings(data.get("defaults", {}), "defaults"),
        )
        ours = {*mapping.columns.values(), *mapping.defaults, *mapping.key}
        if bad := sorted(name for name in ours if not is_column(name)):
            raise UnreadableFile(f"The mapping names columns we do not have: {', '.join(bad)}.")
        return mapping

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


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value).strip()


def _strings(value: Any, name: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UnreadableFile(f"“{name}” in the mapping must be an object.")
    return {str(k): str(v) for k, v in value.items()}
