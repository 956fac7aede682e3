"""Where the default embedder is kept: a folder beside the index, and a pointer to it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.analysis.version import analysis_hash

from .semantic import SemanticEmbedder

# Raise it when features, weights or files change.
FORMAT = 1
_POINTER, _FOLDER = "current", "embedder"


def root() -> Path:
    """The folder of every embedder of this host."""
    return Path(settings.SEARCH["INDEX_DIR"]) / _FOLDER


def pointer() -> Path:
    """The file that names the embedder in use."""
    return root() / _POINTER


def release() -> str:
    """How the names of this release's embedders begin."""
    return f"{FORMAT}-{analysis_hash()}-"


def current() -> SemanticEmbedder | None:
    """The embedder that was trained last; None before that, or if it is of another release."""
    try:
        name = pointer().read_text().strip()
    except OSError:
        return None
    return _opened(root() / name) if name.startswith(release()) else None


def trained_at() -> datetime | None:
    """When the default embedder was trained last; None before that."""
    try:
        return datetime.fromtimestamp(pointer().stat().st_mtime, UTC)
    except OSError:
        return None


@lru_cache(maxsize=2)
def _opened(folder: Path) -> SemanticEmbedder | None:
    try:
        return SemanticEmbedder(folder)
    except (OSError, ValueError):
        return None
