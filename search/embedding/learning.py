"""Trains the default embedder on the published catalogue and the glossary."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator

from home import concepts
from search.documents import all_keys, documents_for

from .keeping import pointer, release, root
from .segments import CONCEPT_WEIGHT, Segment, of_concepts, of_document
from .semantic import SemanticEmbedder, save
from .training import MOST_SEGMENTS, Trained, train

# With fewer entries in two languages there is nothing to learn from.
FEWEST_ENTRIES = 40
# About as many segments as an entry gives.
SEGMENTS_AN_ENTRY = 12
BATCH = 200


def train_on_catalogue() -> SemanticEmbedder | None:
    """Learn from what is published and from the glossary; None when that is too little.

    The index keeps vectors of the embedder before until it is rebuilt, and is not asked for them.
    """
    trained = train(_segments())
    return _keep(trained) if trained else None


def _segments() -> Iterator[tuple[Segment, float]]:
    """Of entries evenly spread over the whole catalogue, then of the glossary."""
    keys = list(all_keys())
    step = max(1, len(keys) * SEGMENTS_AN_ENTRY // MOST_SEGMENTS)
    chosen, translated, found = keys[::step], 0, 0
    for start in range(0, len(chosen), BATCH):
        for document in documents_for(chosen[start : start + BATCH])[0]:
            translated += len(document.titles) > 1
            for segment in of_document(document):
                found += 1
                yield segment, 1.0
        if found >= MOST_SEGMENTS:
            break
    if translated >= FEWEST_ENTRIES:
        yield from ((segment, CONCEPT_WEIGHT) for segment in of_concepts(concepts.concepts()))


def _keep(trained: Trained) -> SemanticEmbedder:
    """Write beside the one before, then point to it; older ones go."""
    digest = hashlib.sha256("\n".join(trained.names).encode())
    digest.update(trained.vectors.tobytes())
    name = release() + digest.hexdigest()[:12]
    folder, before = root() / name, pointer().read_text().strip() if pointer().exists() else ""
    if not folder.exists():
        temporary = folder.with_suffix(".new")
        shutil.rmtree(temporary, ignore_errors=True)
        save(trained, temporary)
        temporary.rename(folder)
    new = pointer().with_suffix(".new")
    new.write_text(name)
    os.replace(new, pointer())
    for path in root().iterdir():
        if path.is_dir() and path.name not in {name, before}:
            shutil.rmtree(path, ignore_errors=True)
    return SemanticEmbedder(folder)
