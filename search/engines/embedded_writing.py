"""Writing the embedded index: one writer at a time, and a new generation beside the live one."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

import tantivy

from search.engine import Document, EngineUnavailable

from .embedded_schema import Analysed, analyse, schema, to_tantivy
from .generations import Generations
from .wordlist import WordList

logger = logging.getLogger(__name__)

WRITER_WAIT_SECONDS = 10.0
WRITER_MEMORY, REBUILD_MEMORY = 32_000_000, 128_000_000
# The folder of the word list inside a generation.
WORDS = "words"


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


class EmbeddedRebuild:
    """A new generation being written; holds the right to build until it ends."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._stack = ExitStack()
        with self._stack:
            self.directory = self._stack.enter_context(generations.building())
            self._index = tantivy.Index(schema(), path=str(self.directory))
            self._index.config_reader("manual")
            self._writer = self._stack.enter_context(writer_of(self._index, REBUILD_MEMORY))
            self._stack = self._stack.pop_all()
        self._keys: set[str] = set()

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents; a key written before is replaced."""
        with engine_errors():
            for document in documents:
                if document.key in self._keys:
                    self._writer.delete_documents_by_term("key", document.key)
                self._keys.add(document.key)
                self._writer.add_document(to_tantivy(analyse(document)))

    def commit(self) -> None:
        """Switch to the new generation once it holds what was written."""
        with engine_errors(), self._stack:
            self._writer.commit()
            self._index.reload()
            count = self._index.searcher().num_docs
            if count != len(self._keys):
                raise EngineUnavailable(f"{len(self._keys)} documents became {count}.")
            WordList(self.directory / WORDS).fill(self._index.searcher())
            self._generations.switch(self.directory)

    def abort(self) -> None:
        """Throw the generation away; nothing happens after a commit."""
        self._stack.close()


def spellings(made: Iterable[Analysed]) -> tuple[list[str], list[str]]:
    documents = list(made)
    return tuple([term for doc in documents for term in doc.raw[field]] for field in ("w", "ws"))
