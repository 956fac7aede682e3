"""Whether the portal is closed for work on it; a file says so, since the database may be away."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

# Readers are asked to come back after this many minutes unless told otherwise.
MINUTES = 15


def _file() -> Path:
    return Path(settings.DATA_DIR) / "maintenance"


def begin(minutes: int = MINUTES) -> None:
    """Close the portal on this machine."""
    _file().write_text(str(minutes), encoding="ascii")


def end() -> None:
    """Open it again; nothing happens when it is open."""
    _file().unlink(missing_ok=True)


def minutes_left() -> int | None:
    """After how many minutes to try again; None while the portal is open."""
    try:
        text = _file().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return MINUTES
    return int(text) if text.isdigit() and len(text) < 6 else MINUTES
