"""The contract that every search engine keeps, and the values that pass through it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from search.analysis import Word

# Hits beyond this many are counted but not fetched.
WINDOW = 10_000
LONGEST_PAGE = 200


class EngineUnavailable(Exception):
    """The engine cannot answer or write now; what was asked is safe to ask again."""


class IncompleteBuild(EngineUnavailable):
    """A new index does not hold what it should; it must not become the live one."""


@dataclass(frozen=True)
class Document:
    """What an engine knows of one entry.

    ``key``: "course:12". Texts by language; ``keywords`` are search words, subjects and the like.
    ``facets``: code tuples by facet name. ``start``: day of the next start since 1970,
    ``created``: seconds since 1970. ``sort_titles``: collation keys by reader's language.
    ``shown``: what else a list of results shows of it, as JSON holds it; engines only give it back.
    """

    key: str
    type: str
    code: str
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    start: int | None
    created: int
    sort_titles: Mapping[str, str]
    popularity: float = 0.0
    keywords: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Alternative:
    """Other words for the query's words ``start`` to ``end`` (exclusive), in one language."""

    start: int
    end: int
    language: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class TextQuery:
    """Analysed words and how they must match.

    ``mode``: "all" words in one language, "title" (all in one title), "prefix" (the last word
    begins one), "skeleton" (other alphabets), "any" (all words of one of the sets in ``enough``;
    most distinct words first), "known" (the same, but in the alphabet they are typed in).
    ``phrases`` must stand as they are in a title or body, ``excluded`` ones must not; ``codes``
    are course codes, any of which comes first. ``alternatives`` count like the words, but less.
    ``near``: keys of documents that match by their meaning, behind all others. ``first``: keys that
    match whatever they hold, before all others and in this order; ``hidden`` ones never match.
    """

    words: tuple[Word, ...] = ()
    mode: str = "all"
    phrases: tuple[tuple[Word, ...], ...] = ()
    excluded: tuple[tuple[Word, ...], ...] = ()
    codes: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    enough: tuple[tuple[int, ...], ...] = ()
    near: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class EngineQuery:
    """One question to an engine. Filters: OR inside a facet, AND across facets.

    ``sort``: "relevance" (newest first without text), "start", "newest" or "title". ``start_from``
    and ``start_to`` are days since 1970, both included. Bounds are kept by the engine: at most
    ``LONGEST_PAGE`` hits of the first ``WINDOW``.
    """

    language: str
    text: TextQuery | None = None
    types: tuple[str, ...] = ("course",)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start_from: int | None = None
    start_to: int | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    count_types: bool = False


@dataclass(frozen=True)
class Hit:
    """One result: the document's key and its score, and what the index keeps to show of it.

    The score is 0 for what matches by meaning only, and when not sorted by relevance. ``stored`` is
    as ``fields.stored`` made it.
    """

    key: str
    score: float
    stored: str = field(default="", compare=False, repr=False)

    @cached_property
    def shown(self) -> Mapping[str, Any]:
        """``titles`` by language and what was ``shown`` of the document; read when asked for."""
        return json.loads(self.stored) if self.stored else {}


@dataclass(frozen=True)
class EngineResult:
    """``total`` matches, one page of hits, and per facet the count of each value.

    A facet's counts ignore what is chosen in that facet itself, and heed everything else.
    ``types`` counts the text's matches of every type whatever else is chosen, when asked for.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    types: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A word of the index near a misspelt one, and how many documents have it.

    ``is_stem``: it is no word but the stem of some.
    """

    term: str
    count: int
    is_stem: bool = False


@dataclass(frozen=True)
class Near:
    """An entry about what a query is about: its key and the cosine of both vectors."""

    key: str
    similarity: float


@dataclass(frozen=True)
class Named:
    """An entry to suggest: its key, type and titles by language."""

    key: str
    type: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class EngineHealth:
    """``ok`` and, in plain words for operators, which engine and why not.

    ``degraded``: searches are answered, but not as they should be.
    """

    ok: bool
    detail: str
    degraded: bool = False


class Engine(Protocol):
    """Whatever answers searches; every method but ``health`` may raise EngineUnavailable."""

    def search(self, query: EngineQuery) -> EngineResult:
        """Answer a question."""

    def matches(self, texts: Sequence[TextQuery], types: tuple[str, ...]) -> list[int]:
        """How many documents of these types each text matches, whatever else is chosen."""

    def similar(self, words: Sequence[str], stems: Sequence[str]) -> list[list[Candidate]]:
        """Words of the index at most two edits away from each of the folded ``words``, then stems
        as near to each of the ``stems``; the nearest and most frequent ones of each.
        """

    def named(self, words: Sequence[str], language: str, limit: int) -> list[Named]:
        """Entries whose title has these folded words, the last as a beginning; popular ones
        first.
        """

    def nearest(
        self, vector: Sequence[float], version: str, types: tuple[str, ...], limit: int
    ) -> list[Near]:
        """The documents of these types whose vectors, of the embedder ``version``, are most similar
        to ``vector``; the most similar first. Documents without vectors are never among them.
        """

    def count(self) -> int:
        """How many documents there are."""

    def health(self) -> EngineHealth:
        """Whether the engine answers and its index fits the analysis of this release."""


class Index(Engine, Protocol):
    """An engine with an index of its own, which has to be kept up to date.

    ``place`` tells it from the others of this portal. ``folder``: where the files of an index lie
    that belongs to this host; None where all hosts share it.
    """

    place: str
    folder: Path | None

    def live(self) -> str:
        """The name of the index that answers, which no other index has ever had; "" for none."""

    def write(self, documents: Iterable[Document], deletes: Iterable[str]) -> None:
        """Replace these documents and delete these keys; visible to searches afterwards."""

    def start_rebuild(self, known: Collection[str] = ()) -> Build:
        """Go on with a build that has a name in ``known`` and is of this release, else begin a new
        one; whatever else was left unfinished here is thrown away.
        """


class Build(Protocol):
    """A new index beside the live one.

    ``survives``: after an error of its engine the build can be gone on with later.
    """

    name: str
    survives: bool

    @staticmethod
    def analyse(document: Document) -> Any:
        """What ``add`` takes; needs neither the engine nor the database, and can be pickled."""

    def add(self, analysed: Iterable[Any]) -> int:
        """Add or replace documents; how many."""

    def write(self, documents: Iterable[Document], deletes: Iterable[str] = ()) -> None:
        """Add or replace documents and delete keys."""

    def save(self) -> None:
        """What was written until now stays, even if this process is killed."""

    def commit(self, expected: int) -> None:
        """Switch to the new index at once; IncompleteBuild unless it has ``expected`` documents."""

    def abort(self) -> None:
        """Throw the new index away; nothing happens after a commit."""

    def close(self) -> None:
        """Let go of it; what was saved can be gone on with."""
