"""The default embedder: latent semantics of the catalogue's own texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from search.analysis import LANGUAGES, Word, analyse_words
from search.engine import Document
from search.planning.fillers import FILLERS, says_little

from . import Vector
from .features import features, is_stem, stem_features
from .segments import CHARACTERS
from .training import Trained

# How much of an entry's vector is its title, its keywords and the beginning of its text.
TITLE_SHARE, KEYWORDS_SHARE, BODY_SHARE = 1.0, 0.7, 0.5
# Of what a query says, this share must be known: one strange word of two makes another subject.
KNOWN_SHARE = 0.55
# A word of which only the beginning or the key is known is known by so much.
PARTLY_KNOWN = 0.4
FLOOR = 0.3
_NAMES, _ARRAYS = "names.json", ("weights", "vectors")


class SemanticEmbedder:
    """Latent semantics read from a folder; its arrays stay on the disk until they are needed."""

    floor = FLOOR

    def __init__(self, folder: Path) -> None:
        self.version = folder.name
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        self._places = {name: place for place, name in enumerate(names)}
        self._weights, self._vectors = (
            np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS
        )
        self.dimensions = int(self._vectors.shape[1])
        self._strongest = float(self._weights.max())

    def of_document(self, document: Document) -> Vector | None:
        """The mean of its languages, so that a translation moves an entry only a little."""
        parts = (
            (document.titles, TITLE_SHARE),
            (document.keywords, KEYWORDS_SHARE),
            (document.bodies, BODY_SHARE),
        )
        total = np.zeros(self.dimensions, np.float32)
        for language in document.titles:
            if language in LANGUAGES:
                own = np.zeros(self.dimensions, np.float32)
                for texts, share in parts:
                    text = texts.get(language, "")[:CHARACTERS]
                    own += share * _unit(self._sum(features(text, language)))
                total += _unit(own)
        return _unit(total) if total.any() else None

    def of_query(self, text: str, language: str) -> Vector | None:
        """The sum of its words; None when most of what it says is in no text."""
        total = np.zeros(self.dimensions, np.float32)
        said = known = 0.0
        for word in analyse_words(text):
            if word.folded in FILLERS or not word.stem(language):
                continue
            found = self._word(word, language)
            weight, share = self._known(found)
            if not share and says_little(word.folded):
                continue
            said += weight
            known += weight * share
            total += self._sum(found)
        return _unit(total) if total.any() and known >= KNOWN_SHARE * said else None

    def _word(self, word: Word, language: str) -> Mapping[str, float]:
        """Features of a query's word: the reader's language, else every one that knows it."""
        stems = [(own, word.stem(own)) for own in (language, *LANGUAGES)]
        there = [(own, stem) for own, stem in stems if stem and f"{own}:{stem}" in self._places]
        if there and there[0][0] == language:
            return dict(stem_features(there[0][1], language))
        found: dict[str, float] = {}
        for own, stem in there or stems[:1]:
            for name, weight in stem_features(stem, own):
                found[name] = found.get(name, 0.0) + weight / (len(there) or 1)
        return found

    def _known(self, found: Mapping[str, float]) -> tuple[float, float]:
        """How much a word says, as much as the rarest if unknown, and which share is known."""
        there = [name for name in found if name in self._places]
        stems = [self._places[name] for name in there if is_stem(name)]
        if stems:
            return max(float(self._weights[place]) for place in stems), 1.0
        return self._strongest, PARTLY_KNOWN if there else 0.0

    def _sum(self, found: Mapping[str, float]) -> Vector:
        """The weighted sum of the vectors of known features."""
        there = [
            (self._places[name], count) for name, count in found.items() if name in self._places
        ]
        if not there:
            return np.zeros(self.dimensions, np.float32)
        places = [place for place, _count in there]
        counts = np.array([count for _place, count in there], np.float32)
        return (counts * self._weights[places]) @ self._vectors[places]


def save(trained: Trained, folder: Path) -> None:
    """Write what ``SemanticEmbedder`` reads."""
    folder.mkdir(parents=True)
    (folder / _NAMES).write_text(json.dumps(trained.names, ensure_ascii=False), encoding="utf-8")
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(trained, name))


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
