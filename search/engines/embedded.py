"""The embedded engine: tantivy in a directory of its own, no server needed.

One writer at a time across all processes, any number of readers that follow by themselves. The
last commit survives a killed writer. A rebuild writes a new generation beside the live one.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Order

from search.engine import (
    Candidate,
    Document,
    EngineHealth,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Named,
    Near,
    TextQuery,
)

from .embedded_reading import facets_of, hits_of, types_of
from .embedded_schema import Question, analyse, beginning, of_types, to_tantivy
from .embedded_writing import (
    VECTORS,
    WORDS,
    WRITER_MEMORY,
    EmbeddedRebuild,
    engine_errors,
    spellings,
    writer_of,
)
from .fields import LAYOUT
from .generations import Generations, Signature
from .vectors import VectorFile
from .wordlist import WordList


class EmbeddedEngine:
    """Searches and writes the index below ``directory``."""

    place = "embedded"

    def __init__(self, directory: Path | str) -> None:
        self.folder = Path(directory)
        self.generations = Generations(self.folder)
        self._lock = threading.RLock()
        self._opened: tuple[int, Path, tantivy.Index] | None = None
        self._commit: tuple[int, int] | None = None
        self._known: WordList | None = None
        self._vectors: VectorFile | None = None

    def search(self, query: EngineQuery) -> EngineResult:
        """Answer from the last commit."""
        with engine_errors():
            searcher = self._searcher()
            question = Question(query)
            total, hits = hits_of(searcher, query, question.query())
            types = types_of(searcher, question) if query.count_types else {}
            return EngineResult(total, tuple(hits), facets_of(searcher, query, question), types)

    def matches(self, texts: Sequence[TextQuery], types: tuple[str, ...]) -> list[int]:
        """Counted in the last commit."""
        with engine_errors():
            searcher = self._searcher()
            return [searcher.search(of_types(text, types), 1).count for text in texts]

    def similar(self, words: Sequence[str], stems: Sequence[str]) -> list[list[Candidate]]:
        """From the word list; what no document has any more is left out."""
        with engine_errors():
            searcher, known = self._searcher(), self._words()
            return [
                [
                    Candidate(term, count, field == "ws")
                    for term in known.near(field, wanted)
                    if (count := searcher.doc_freq(field, term))
                ]
                for field, wanted in [*(("w", w) for w in words), *(("ws", s) for s in stems)]
            ]

    def named(self, words: Sequence[str], language: str, limit: int) -> list[Named]:
        """Titles in the order of the documents' weight."""
        with engine_errors():
            searcher = self._searcher()
            hits = searcher.search(
                beginning(words), limit, count=False, order_by_field="weight", order=Order.Desc
            ).hits
            found = [searcher.doc(address) for _weight, address in hits]
        return [
            Named(doc["key"][0], doc["type"][0], json.loads(doc["stored"][0])["titles"])
            for doc in found
        ]

    def nearest(
        self, vector: Sequence[float], version: str, types: tuple[str, ...], limit: int
    ) -> list[Near]:
        """From the file of vectors of the live generation."""
        with engine_errors():
            return self._near().nearest(vector, version, types, limit)

    def live(self) -> str:
        """The live generation on this disk."""
        return self.generations.live()

    def write(self, documents: Iterable[Document], deletes: Iterable[str]) -> None:
        """Replace and delete in one commit."""
        made = {document.key: analyse(document) for document in documents}
        gone = {*made, *deletes}
        with engine_errors():
            generation = self._generation()
            with writer_of(self._index(generation), WRITER_MEMORY) as writer:
                for key in gone:
                    writer.delete_documents_by_term("key", key)
                for document in made.values():
                    writer.add_document(to_tantivy(document))
                # Words no document has are harmless, documents with unknown words are not.
                WordList(generation / WORDS).add(*spellings(made.values()))
                rows = [document.row for document in made.values()]
                VectorFile(generation / VECTORS).write(rows, gone - set(made))
                writer.commit()

    def count(self) -> int:
        """Documents in the live index."""
        with engine_errors():
            return self._searcher().num_docs

    def health(self) -> EngineHealth:
        """Not well without an index, or with one of another release."""
        generation = self.generations.current()
        if generation is None:
            return EngineHealth(False, "embedded: there is no index yet")
        if self.generations.signature(generation) != Signature.now():
            return EngineHealth(False, "embedded: the index is of another release; rebuild it")
        try:
            return EngineHealth(True, f"embedded: {self.count()} documents")
        except EngineUnavailable as error:
            return EngineHealth(False, f"embedded: {error}")

    def start_rebuild(self, known: Collection[str] = ()) -> EmbeddedRebuild:
        """Go on with a generation or begin one; EngineUnavailable while somebody else does."""
        with engine_errors():
            try:
                return EmbeddedRebuild(self.generations, known)
            except ValueError:
                # What cannot be opened cannot be gone on with.
                return EmbeddedRebuild(self.generations)

    def _generation(self) -> Path:
        generation = self.generations.current()
        if generation is None or not generation.is_dir():
            raise EngineUnavailable("There is no search index yet.")
        return generation

    def _searcher(self) -> tantivy.Searcher:
        generation = self._generation()
        with self._lock:
            index = self._index(generation)
            # Each commit replaces this file.
            stat = (generation / "meta.json").stat()
            commit = (stat.st_ino, stat.st_mtime_ns)
            if commit != self._commit:
                index.reload()
                self._commit = commit
            return index.searcher()

    def _words(self) -> WordList:
        generation = self.generations.current()
        if self._known is None or self._known.directory.parent != generation:
            self._known = WordList(generation / WORDS)
        return self._known

    def _near(self) -> VectorFile:
        directory = self._generation() / VECTORS
        if self._vectors is None or self._vectors.directory != directory:
            self._vectors = VectorFile(directory)
        return self._vectors

    def _index(self, generation: Path) -> tantivy.Index:
        with self._lock:
            if self._opened is None or self._opened[:2] != (os.getpid(), generation):
                signature = self.generations.signature(generation)
                compatible = signature is not None and signature.layout == LAYOUT
                if not compatible or not tantivy.Index.is_compatible(str(generation)):
                    raise EngineUnavailable("The search index is of another release.")
                index = tantivy.Index.open(str(generation))
                # No watching threads: every search looks whether there is a newer commit.
                index.config_reader("manual")
                self._opened, self._commit = (os.getpid(), generation, index), None
            return self._opened[2]
