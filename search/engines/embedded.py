"""The embedded engine: tantivy in a directory of its own, no server needed.

One writer at a time across all processes, any number of readers that follow by themselves. The
last commit survives a killed writer. A rebuild writes a new generation beside the live one.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import tantivy
from tantivy import Order

from search.engine import (
    LONGEST_PAGE,
    WINDOW,
    Document,
    EngineHealth,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Hit,
)

from .embedded_schema import Question, schema, to_tantivy
from .fields import LAYOUT, key_in, sort_field
from .generations import Generations, Signature

logger = logging.getLogger(__name__)

# Equal scores are put in the order of their keys as far down as people look.
TIED_WINDOW = 200
WRITER_WAIT_SECONDS = 10.0
WRITER_MEMORY, REBUILD_MEMORY = 32_000_000, 128_000_000
FACET_VALUES = 1000


class EmbeddedEngine:
    """Searches and writes the index below ``directory``."""

    def __init__(self, directory: Path | str) -> None:
        self.generations = Generations(Path(directory))
        self._lock = threading.RLock()
        self._opened: tuple[int, Path, tantivy.Index] | None = None
        self._commit: tuple[int, int] | None = None

    def search(self, query: EngineQuery) -> EngineResult:
        """Answer from the last commit."""
        with _engine_errors():
            searcher = self._searcher()
            question = Question(query)
            total, hits = _hits(searcher, query, question.query())
            return EngineResult(total, tuple(hits), _facets(searcher, query, question))

    def write(self, documents: Iterable[Document], deletes: Iterable[str]) -> None:
        """Replace and delete in one commit."""
        made = {document.key: to_tantivy(document) for document in documents}
        gone = {*made, *deletes}
        with _engine_errors():
            while True:
                generation = self.generations.current() or self._first_generation()
                with _writer(self._index(generation), WRITER_MEMORY) as writer:
                    for key in gone:
                        writer.delete_documents_by_term("key", key)
                    for document in made.values():
                        writer.add_document(document)
                    writer.commit()
                # A rebuild that ended meanwhile must not lose the change.
                if self.generations.current() == generation:
                    return

    def count(self) -> int:
        """Documents in the live index."""
        with _engine_errors():
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

    def start_rebuild(self) -> EmbeddedRebuild:
        """Begin a new generation; EngineUnavailable while another process builds one."""
        with _engine_errors():
            return EmbeddedRebuild(self.generations)

    def _first_generation(self) -> Path:
        target = self.start_rebuild()
        target.commit()
        return target.directory

    def _searcher(self) -> tantivy.Searcher:
        generation = self.generations.current()
        if generation is None:
            raise EngineUnavailable("There is no search index yet.")
        with self._lock:
            index = self._index(generation)
            # Each commit replaces this file.
            stat = (generation / "meta.json").stat()
            commit = (stat.st_ino, stat.st_mtime_ns)
            if commit != self._commit:
                index.reload()
                self._commit = commit
            return index.searcher()

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


class EmbeddedRebuild:
    """A new generation being written; holds the right to build until it ends."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._stack = ExitStack()
        with self._stack:
            self.directory = self._stack.enter_context(generations.building())
            self._index = tantivy.Index(schema(), path=str(self.directory))
            self._index.config_reader("manual")
            self._writer = self._stack.enter_context(_writer(self._index, REBUILD_MEMORY))
            self._stack = self._stack.pop_all()
        self._keys: set[str] = set()

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents; a key written before is replaced."""
        with _engine_errors():
            for document in documents:
                if document.key in self._keys:
                    self._writer.delete_documents_by_term("key", document.key)
                self._keys.add(document.key)
                self._writer.add_document(to_tantivy(document))

    def commit(self) -> None:
        """Switch to the new generation once it holds what was written."""
        with _engine_errors(), self._stack:
            self._writer.commit()
            self._index.reload()
            count = self._index.searcher().num_docs
            if count != len(self._keys):
                raise EngineUnavailable(f"{len(self._keys)} documents became {count}.")
            self._generations.switch(self.directory)

    def abort(self) -> None:
        """Throw the generation away; nothing happens after a commit."""
        self._stack.close()


@contextlib.contextmanager
def _engine_errors() -> Iterator[None]:
    """What tantivy and the disk raise becomes EngineUnavailable."""
    try:
        yield
    except (ValueError, OSError) as error:
        logger.exception("The embedded search engine failed")
        raise EngineUnavailable(str(error)) from error


@contextlib.contextmanager
def _writer(index: tantivy.Index, memory: int) -> Iterator[tantivy.IndexWriter]:
    """The one writer of an index; waits a bounded time for another one to end."""
    deadline = time.monotonic() + WRITER_WAIT_SECONDS
    while True:
        try:
            writer = index.writer(memory, num_threads=1)
            break
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            if time.monotonic() > deadline:
                raise EngineUnavailable("Another process is writing the search index.") from error
            time.sleep(0.05)
    try:
        yield writer
    finally:
        # Ends the writer's threads and gives its lock back.
        writer.wait_merging_threads()


def _hits(
    searcher: tantivy.Searcher, query: EngineQuery, whole: tantivy.Query
) -> tuple[int, list[Hit]]:
    field = sort_field(query)
    offset = max(0, query.offset)
    limit = max(0, min(query.limit, LONGEST_PAGE, WINDOW - offset))
    if field:
        found = searcher.search(
            whole, max(1, limit), order_by_field=field, order=Order.Asc, offset=offset
        )
        return found.count, [Hit(key_in(value), 0.0) for value, _address in found.hits[:limit]]
    if offset + limit > TIED_WINDOW:
        found = searcher.search(whole, max(1, limit), offset=offset, weight_by_field="weight")
        return found.count, [_hit(searcher, *hit) for hit in found.hits[:limit]]
    found = searcher.search(whole, TIED_WINDOW, weight_by_field="weight")
    hits = [_hit(searcher, *hit) for hit in found.hits]
    hits.sort(key=lambda hit: (-hit.score, hit.key))
    return found.count, hits[offset : offset + limit]


def _hit(searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress) -> Hit:
    return Hit(searcher.doc(address)["key"][0], score)


def _facets(
    searcher: tantivy.Searcher, query: EngineQuery, question: Question
) -> dict[str, dict[str, int]]:
    """Counts of the wanted facets; one that is filtered by is counted without its own filter."""
    filtered = [name for name in query.facets if query.filters.get(name)]
    groups = [(name, [name]) for name in filtered]
    if rest := [name for name in query.facets if name not in filtered]:
        groups.append(("", rest))
    found: dict[str, dict[str, int]] = {}
    for without, names in groups:
        wanted = {
            name: {"terms": {"field": f"facets.{name}", "size": FACET_VALUES}} for name in names
        }
        counts = searcher.aggregate(question.query(without), wanted)
        for name in names:
            found[name] = {b["key"]: b["doc_count"] for b in counts[name]["buckets"]}
    return found
