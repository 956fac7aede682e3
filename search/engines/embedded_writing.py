"""Writing the embedded index: one writer at a time, and a new generation beside the live one."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack

import tantivy

from search.engine import Document, EngineUnavailable, IncompleteBuild

from .embedded_schema import Analysed, analyse, schema, to_tantivy, tokenizers
from .generations import Generations, name_of
from .vectors import VectorFile
from .wordlist import WordList

logger = logging.getLogger(__name__)

WRITER_WAIT_SECONDS = 10.0
WRITER_MEMORY, REBUILD_MEMORY = 32_000_000, 128_000_000
# The folders of the word list and of the vectors inside a generation.
WORDS, VECTORS = "words", "vectors"


@contextlib.contextmanager
def engine_errors() -> Iterator[None]:
    """What tantivy and the disk raise becomes EngineUnavailable."""
    try:
        yield
    except (ValueError, OSError) as error:
        logger.exception("The embedded search engine failed")
        raise EngineUnavailable(str(error)) from error


@contextlib.contextmanager
def writer_of(index: tantivy.Index, memory: int) -> Iterator[tantivy.IndexWriter]:
    """The one writer of an index; waits a bounded time for another one to end."""
    for name, tokenizer in tokenizers().items():
        index.register_tokenizer(name, tokenizer)
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
        # A writer killed in the middle of a commit leaves files whose names come again.
        writer.garbage_collect_files()
        yield writer
    finally:
        # Ends the writer's threads and gives its lock back.
        writer.wait_merging_threads()


class EmbeddedRebuild:
    """A new generation being written; holds the right to build until it is closed."""

    # Its writer is of no use after an error, and the disk may be full.
    survives = False
    analyse = staticmethod(analyse)

    def __init__(self, generations: Generations, known: Collection[str] = ()) -> None:
        self._generations = generations
        self._stack = ExitStack()
        with self._stack:
            self.directory, is_new = self._stack.enter_context(generations.building(known))
            self.name = name_of(self.directory)
            self._index = tantivy.Index(schema(), path=str(self.directory), reuse=True)
            self._index.config_reader("manual")
            self._writer = self._stack.enter_context(writer_of(self._index, REBUILD_MEMORY))
            self._stack = self._stack.pop_all()
        self._vectors = VectorFile(self.directory / VECTORS)
        # Which documents are there already is known only of a build that began here.
        self._keys: set[str] | None = set() if is_new else None

    def write(self, documents: Iterable[Document], deletes: Iterable[str] = ()) -> None:
        """Add or replace documents and delete keys."""
        deletes = list(deletes)
        with engine_errors():
            for key in deletes:
                self._delete(key)
            self._vectors.write([], deletes)
        self.add(map(analyse, documents))

    def add(self, analysed: Iterable[Analysed]) -> int:
        """Add or replace documents; how many."""
        rows = []
        with engine_errors():
            for document in analysed:
                self._delete(document.key)
                self._writer.add_document(to_tantivy(document))
                rows.append(document.row)
                if self._keys is not None:
                    self._keys.add(document.key)
            self._vectors.write(rows, [])
        return len(rows)

    def _delete(self, key: str) -> None:
        if self._keys is None or key in self._keys:
            self._writer.delete_documents_by_term("key", key)

    def save(self) -> None:
        """Commit."""
        with engine_errors():
            self._writer.commit()

    def commit(self, expected: int) -> None:
        """Switch to the new generation once it holds what it should."""
        with engine_errors(), self._stack:
            self._writer.commit()
            self._index.reload()
            searcher = self._index.searcher()
            if searcher.num_docs != expected:
                raise IncompleteBuild(f"{expected} documents became {searcher.num_docs}.")
            WordList(self.directory / WORDS).fill(searcher)
            self._generations.switch(self.directory)

    def abort(self) -> None:
        """Throw the generation away; nothing happens after a commit."""
        self.close()
        self._generations.discard(self.directory)

    def close(self) -> None:
        """Give back the right to build."""
        # A writer that failed can only be let go.
        with contextlib.suppress(ValueError, OSError):
            self._stack.close()


def spellings(made: Iterable[Analysed]) -> tuple[list[str], list[str]]:
    documents = list(made)
    return tuple([term for doc in documents for term in doc.listed(field)] for field in ("w", "ws"))
