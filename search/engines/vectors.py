"""The vectors of an embedded index: one file beside it, a record of fixed size for each entry.

It is mapped into memory, not read: what a search needs is the product of one matrix and one vector.
One writer at a time, the one of the generation; a torn record at the end is cut off.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engine import Near

_FACTS, _ROWS = "facts.json", "rows.bin"
LONGEST_KEY, LONGEST_TYPE = 60, 12


class Row(NamedTuple):
    """An entry's key, type, the version of its embedder, and its vector; empty for none."""

    key: str
    type: str
    version: str
    vector: bytes


class VectorFile:
    """Vectors of one space below ``directory``; those of what was deleted are zeros."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = threading.Lock()
        self._mapped: tuple[int, NDArray] | None = None

    def write(self, rows: Iterable[Row], gone: Iterable[str]) -> None:
        """Add or replace rows and forget what is gone.

        Vectors of another space than the file's wait for the next index.
        """
        rows, gone = {row.key: row for row in rows}, set(gone)
        version = self._begin(rows.values())
        if not version:
            return
        dtype = self._dtype()
        made = {
            key: np.array((key, row.type, np.frombuffer(row.vector, "<f4")), dtype).tobytes()
            for key, row in rows.items()
            if row.version == version
        }
        nothing, path = bytes(dtype.itemsize), self.directory / _ROWS
        known = self._rows()
        with path.open("r+b" if path.exists() else "w+b") as file:
            for place, name in enumerate(known["key"].tolist()):
                key = name.decode()
                if key in rows or key in gone:
                    file.seek(place * dtype.itemsize)
                    file.write(made.pop(key, nothing))
            file.seek(len(known) * dtype.itemsize)
            file.truncate()
            file.write(b"".join(made.values()))

    def nearest(
        self, vector: NDArray[np.float32], version: str, types: Sequence[str], limit: int
    ) -> list[Near]:
        """The entries of these types most similar to a vector of the same space."""
        if self._facts().get("version") != version:
            return []
        rows = self._rows()
        if not len(rows):
            return []
        similar = rows["vector"] @ vector
        if types:
            similar[~np.isin(rows["type"], [name.encode() for name in types])] = -np.inf
        first = min(limit, len(rows))
        best = np.argpartition(-similar, first - 1)[:first]
        best = best[similar[best] > -np.inf]
        found = [Near(rows["key"][at].decode(), float(similar[at])) for at in best]
        return sorted(found, key=lambda near: (-near.similarity, near.key))

    def _begin(self, rows: Collection[Row]) -> str:
        """The version of the file's vectors, those of the first row in a new one; "" for none."""
        facts = self._facts()
        first = next((row for row in rows if row.version), None)
        if not facts and first:
            self.directory.mkdir(exist_ok=True)
            facts = {"version": first.version, "dimensions": len(first.vector) // 4}
            (self.directory / _FACTS).write_text(json.dumps(facts))
        return facts.get("version", "")

    def _facts(self) -> dict:
        try:
            return json.loads((self.directory / _FACTS).read_text())
        except (OSError, ValueError):
            return {}

    def _dtype(self) -> np.dtype:
        # Both strings together are a multiple of four bytes, so that vectors lie where they may.
        size = self._facts()["dimensions"]
        return np.dtype(
            [("key", f"S{LONGEST_KEY}"), ("type", f"S{LONGEST_TYPE}"), ("vector", "<f4", (size,))]
        )

    def _rows(self) -> NDArray:
        """The whole records of the file, mapped."""
        path, dtype = self.directory / _ROWS, self._dtype()
        count = path.stat().st_size // dtype.itemsize if path.exists() else 0
        if not count:
            return np.zeros(0, dtype)
        with self._lock:
            if self._mapped is None or self._mapped[0] != count:
                self._mapped = count, np.memmap(path, dtype, "r", shape=(count,))
            return self._mapped[1]
