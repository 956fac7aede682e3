"""Texts as vectors of meaning: near each other when they are about the same, in any language.

``SEARCH["EMBEDDER"]`` names what gives the embedder in use: a callable without arguments that
returns an ``Embedder``, or None for none. The default one is trained on the catalogue itself.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from search.engine import Document

# float32: twice the size of float16 and twenty times as fast.
Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Turns entries and queries into vectors of length 1 in one space.

    ``version`` names the space: vectors of different ones are never compared. ``floor``: entries
    less similar (cosine) to a query than this have nothing to do with it.
    """

    version: str
    dimensions: int
    floor: float

    def of_document(self, document: Document) -> Vector | None:
        """The vector of an entry; None when nothing of it is known."""

    def of_query(self, text: str, language: str) -> Vector | None:
        """The vector of what a reader of ``language`` typed; None when too little is known."""


def embedder() -> Embedder | None:
    """The embedder in use; None when there is none, or not enough to train it on."""
    name = settings.SEARCH.get("EMBEDDER", "")
    return import_string(name)() if name else None


def vector_of(document: Document) -> tuple[str, bytes]:
    """The embedder's version and the entry's vector as little-endian float32 numbers.

    Both empty when there is none.
    """
    current = embedder()
    found = current.of_document(document) if current else None
    return ("", b"") if found is None else (current.version, found.astype("<f4").tobytes())
