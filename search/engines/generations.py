"""Generations of an index on disk: one directory each, and a pointer that names the live one."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.analysis.version import analysis_hash
from search.engine import EngineUnavailable

from .fields import LAYOUT

_POINTER, _LOCK, _SIGNATURE = "current", "rebuild.lock", "signature.json"


@dataclass(frozen=True)
class Signature:
    """What an index was made with."""

    layout: int
    analysis: str

    @classmethod
    def now(cls) -> Signature:
        """What this release makes an index with."""
        return cls(LAYOUT, analysis_hash())


class Generations:
    """The directories below ``root``; nothing here knows what they hold."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The live generation; None before the first one."""
        try:
            name = (self.root / _POINTER).read_text().strip()
        except FileNotFoundError:
            return None
        return self.root / name if name else None

    @staticmethod
    def signature(generation: Path) -> Signature | None:
        """What the generation was made with; None when that cannot be read."""
        try:
            return Signature(**json.loads((generation / _SIGNATURE).read_text()))
        except (OSError, ValueError, TypeError):
            return None

    @contextlib.contextmanager
    def building(self) -> Iterator[Path]:
        """A new directory, as the only builder; what earlier builders left behind goes.

        Raises EngineUnavailable while another process builds. The directory is removed unless
        ``switch`` made it the live one.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise EngineUnavailable("The search index is being rebuilt already.") from error
            self._sweep()
            made = self.root / f"index-{uuid.uuid4().hex[:12]}"
            made.mkdir()
            (made / _SIGNATURE).write_text(json.dumps(vars(Signature.now())))
            try:
                yield made
            finally:
                if self.current() != made:
                    shutil.rmtree(made, ignore_errors=True)

    def switch(self, generation: Path) -> None:
        """Make it the live one; readers follow with their next search."""
        temporary = self.root / f"{_POINTER}.new"
        with temporary.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        before = self.current()
        temporary.replace(self.root / _POINTER)
        # The one before stays until the next build: a reader may be about to open it.
        self._sweep(keep=before)

    def _sweep(self, keep: Path | None = None) -> None:
        for path in self.root.glob("index-*"):
            if path not in {self.current(), keep}:
                shutil.rmtree(path, ignore_errors=True)
