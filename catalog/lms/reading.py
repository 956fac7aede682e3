"""Values in answers of strangers, read so that nothing they send can do harm."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

LONGEST_TEXT = 200_000
# The year 3000; what lies beyond is a slip, and sums of hours would leave the calendar.
_LATEST = 32_503_680_000
YEARS = range(1900, 3000)
# What no database stores: NUL, and halves of pairs that stand alone.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def text(value: Any, most: int = LONGEST_TEXT) -> str:
    """A string without what databases refuse, cut; "" for anything else."""
    return UNSTORABLE.sub("", value[:most]).strip() if isinstance(value, str) else ""


def key_of(value: Any, most: int = 200) -> str:
    """What names a thing there: as it is or "", since one that is cut or cleaned names another."""
    is_good = isinstance(value, str) and len(value) <= most and value.isprintable()
    return value if is_good and value == value.strip() else ""


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
    if found is None or found.year not in YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


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
