"""Generations of an index on disk: one directory each, and a pointer that names the live one."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator
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

    def live(self) -> str:
        """The name of the live generation; "" when there is none."""
        generation = self.current()
        return name_of(generation) if generation else ""

    @contextlib.contextmanager
    def building(self, known: Collection[str] = ()) -> Iterator[tuple[Path, bool]]:
        """A directory to build in, and whether it is new, as the only builder.

        It is one that another builder left behind if its name is in ``known`` and it is of this
        release; whatever else was left behind goes. Raises EngineUnavailable while another process
        builds.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise EngineUnavailable("The search index is being rebuilt already.") from error
            made = self._left_behind(known)
            self._sweep(keep=made)
            yield (made, False) if made else (self._new(), True)

    def _left_behind(self, known: Collection[str]) -> Path | None:
        for path in self._others(self.current()):
            if name_of(path) in known and self.signature(path) == Signature.now():
                return path
        return None

    def _new(self) -> Path:
        made = self.root / f"index-{uuid.uuid4().hex[:12]}"
        made.mkdir()
        (made / _SIGNATURE).write_text(json.dumps(vars(Signature.now())))
        return made

    def discard(self, generation: Path) -> None:
        """Remove it unless it is the live one."""
        if self.current() != generation:
            shutil.rmtree(generation, ignore_errors=True)

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
        for path in self._others(self.current(), keep):
            shutil.rmtree(path, ignore_errors=True)

    def _others(self, *kept: Path | None) -> list[Path]:
        return [path for path in self.root.glob("index-*") if path not in kept]


def name_of(generation: Path) -> str:
    """A name that a copy of the directory does not have; "" when it is not there."""
    try:
        return f"{generation.name}.{generation.stat().st_ino}"
    except OSError:
        return ""
