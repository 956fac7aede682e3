"""The words and stems of an embedded index, in a small index of their own for the speller.

tantivy finds documents near a misspelt term, not terms; here every term is a document.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import Query

FIELDS = ("w", "ws")
MEMORY = 15_000_000
# Of all terms one, and of those two edits away; more than the ranking can tell apart.
NEAREST = 60
SHORTEST_FOR_TWO_EDITS = 5


@lru_cache(maxsize=1)
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class WordList:
    """The terms of one generation; each is there once and none is ever taken out.

    Terms whose documents are gone stay until the next rebuild: whoever asks counts documents.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock = threading.Lock()
        self._opened: tuple[int, tantivy.Index] | None = None
        self._commit: tuple[int, int] | None = None

    def add(self, words: Iterable[str], stems: Iterable[str]) -> None:
        """Add what is not there yet; the caller is the only writer of the generation."""
        searcher = self._searcher() if self.directory.exists() else None
        new = [
            (field, term)
            for field, terms in zip(FIELDS, (words, stems), strict=True)
            for term in dict.fromkeys(terms)
            if searcher is None or not searcher.doc_freq(field, term)
        ]
        if new or searcher is None:
            self._write(new)

    def fill(self, source: tantivy.Searcher) -> None:
        """Take every term of the generation's own index, and nothing else."""
        shutil.rmtree(self.directory, ignore_errors=True)
        self._write(
            (field, term)
            for field in FIELDS
            for term, _count in source.terms_with_prefix(field, "")
        )

    def near(self, field: str, term: str) -> list[str]:
        """Terms at most one edit away, then two where the term is long enough."""
        if not self.directory.exists():
            return []
        searcher = self._searcher()
        found: dict[str, None] = {}
        for edits in (1, 2) if len(term) >= SHORTEST_FOR_TWO_EDITS else (1,):
            query = Query.fuzzy_term_query(_schema(), field, term, edits, True)
            hits = searcher.search(query, NEAREST, count=False).hits
            found |= dict.fromkeys(searcher.doc(address)[field][0] for _score, address in hits)
        return list(found)

    def _write(self, terms: Iterable[tuple[str, str]]) -> None:
        self.directory.mkdir(exist_ok=True)
        index = tantivy.Index(_schema(), path=str(self.directory), reuse=True)
        index.config_reader("manual")
        writer = index.writer(MEMORY, num_threads=1)
        try:
            for field, term in terms:
                document = tantivy.Document()
                document.add_text(field, term)
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()

    def _searcher(self) -> tantivy.Searcher:
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                index = tantivy.Index.open(str(self.directory))
                index.config_reader("manual")
                self._opened, self._commit = (os.getpid(), index), None
            index = self._opened[1]
            stat = (self.directory / "meta.json").stat()
            commit = (stat.st_ino, stat.st_mtime_ns)
            if commit != self._commit:
                index.reload()
                self._commit = commit
            return index.searcher()
