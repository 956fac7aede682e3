"""Values in answers of strangers, read so that nothing they send can do harm."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

LONGEST_TEXT = 200_000
# The year 3000; what lies beyond is a slip.
_LATEST = 32_503_680_000


def text(value: Any, most: int = LONGEST_TEXT) -> str:
    """A string without NUL (databases refuse it), cut; "" for anything else."""
    return value[:most].replace("\0", "").strip() if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """A finite number, also one written as a string; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < 1e15 else None


def epoch(value: Any) -> datetime | None:
    """Seconds since 1970; 0 means that there is none."""
    seconds = number(value)
    if not seconds or not 0 < seconds < _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def iso(value: Any) -> datetime | None:
    """An ISO 8601 moment; one without offset is taken as UTC."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def web_address(value: Any, host: str = "") -> str:
    """An http(s) address, of ``host`` if one is given; "" for anything else."""
    try:
        parts = urlsplit(text(value, 2000))
        found = parts.hostname
    except ValueError:
        return ""
    is_good = parts.scheme in ("http", "https") and found and (not host or found == host)
    return parts.geturl() if is_good else ""


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; [] for anything else."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
