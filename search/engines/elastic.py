"""The Elasticsearch engine: an alias names the live index, a rebuild switches it at once.

Only this module and ``elastic_queries`` import the client; the server needs no plugin and no paid
feature.
"""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.engine import (
    Candidate,
    Document,
    EngineHealth,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    IncompleteBuild,
    Named,
    Near,
    TextQuery,
)

from .elastic_mapping import index_body, signature, source
from .elastic_queries import (
    candidates,
    to_count,
    to_knn,
    to_named,
    to_names,
    to_result,
    to_search,
    to_suggest,
)

logger = logging.getLogger(__name__)

QUERY_SECONDS, LOOK_SECONDS, WRITE_SECONDS = 1.0, 5.0, 60.0


class ElasticEngine:
    """Searches and writes the index that the alias ``name`` stands for."""

    folder = None

    def __init__(self, url: str, name: str) -> None:
        self.name, self.place = name, f"elasticsearch {name}"
        self._client = Elasticsearch(
            url, request_timeout=QUERY_SECONDS, max_retries=0, retry_on_timeout=False
        )
        self._looking = self._client.options(request_timeout=LOOK_SECONDS)
        self._writing = self._client.options(request_timeout=WRITE_SECONDS)

    def search(self, query: EngineQuery) -> EngineResult:
        """Answer within a second, or EngineUnavailable."""
        with _engine_errors():
            request = to_search(query).using(self._client).index(self.name)
            found = request.execute().to_dict()
        return to_result(query, found)

    def matches(self, texts: Sequence[TextQuery], types: tuple[str, ...]) -> list[int]:
        """All counted in one request."""
        with _engine_errors():
            request = to_count(texts, types).using(self._client).index(self.name)
            found = request.execute().to_dict()
        buckets = found["aggregations"]["texts"]["buckets"]
        return [buckets[str(place)]["doc_count"] for place in range(len(texts))]

    def similar(self, words: Sequence[str], stems: Sequence[str]) -> list[list[Candidate]]:
        """What the server's term suggester finds, in one request."""
        if not (words or stems):
            return []
        with _engine_errors():
            found = self._client.search(
                index=self.name, size=0, suggest=to_suggest(words, stems), track_total_hits=False
            )
        return candidates(found["suggest"], words, stems)

    def named(self, words: Sequence[str], language: str, limit: int) -> list[Named]:
        """Titles in the order of the documents' boost."""
        with _engine_errors():
            request = to_named(words, limit).using(self._client).index(self.name)
            found = request.execute().to_dict()
        return to_names(found)

    def live(self) -> str:
        """The number the server gave the index behind the alias; a restored one has another."""
        try:
            with _engine_errors():
                found = self._client.indices.get_settings(index=self.name, name="index.uuid")
        except NoIndex:
            return ""
        return next((_uuid(facts) for facts in found.values()), "")

    def write(self, documents: Iterable[Document], deletes: Iterable[str]) -> None:
        """Replace and delete; visible to searches when this returns."""
        made = {document.key: source(document) for document in documents}
        gone = [key for key in deletes if key not in made]
        with _engine_errors():
            live = next(iter(self._looking.indices.get_alias(name=self.name)))
            _send(self._writing, live, made, gone)
            self._writing.indices.refresh(index=live)

    def nearest(
        self, vector: Sequence[float], version: str, types: tuple[str, ...], limit: int
    ) -> list[Near]:
        """What the server's search for neighbours finds; nothing in an index without vectors."""
        knn = to_knn(vector, version, types, limit)
        with _engine_errors():
            try:
                found = self._client.search(index=self.name, knn=knn, size=limit, source=False)
            except BadRequestError:
                # No vector of so many dimensions was thought of when the index was made.
                return []
        # The server's score of a cosine is half of it above one half.
        near = [Near(hit["_id"], 2 * hit["_score"] - 1) for hit in found["hits"]["hits"]]
        return sorted(near, key=lambda one: (-one.similarity, one.key))

    def count(self) -> int:
        """Documents in the live index."""
        with _engine_errors():
            return self._client.count(index=self.name)["count"]

    def health(self) -> EngineHealth:
        """Not well when the server is away or its index is of another release."""
        try:
            with _engine_errors():
                mappings = self._client.indices.get_mapping(index=self.name)
                made_with = [m["mappings"].get("_meta") for m in mappings.values()]
                if made_with != [signature()]:
                    detail = "elasticsearch: the index is of another release; rebuild it"
                    return EngineHealth(False, detail)
                return EngineHealth(True, f"elasticsearch: {self.count()} documents")
        except EngineUnavailable as error:
            return EngineHealth(False, f"elasticsearch: {error}")

    def start_rebuild(self, known: Collection[str] = ()) -> ElasticRebuild:
        """Go on with an index that was left behind, or begin a new one beside the live one."""
        goes_on = ""
        with _engine_errors():
            for index, facts in self._writing.indices.get(index=f"{self.name}--*").items():
                if self.name in facts["aliases"]:
                    continue
                fits = facts["mappings"].get("_meta") == signature()
                if fits and not goes_on and _uuid(facts) in known:
                    goes_on = index
                else:
                    self._writing.indices.delete(index=index)
            return ElasticRebuild(self._writing, self.name, goes_on)


class ElasticRebuild:
    """A new index being written; the alias does not name it until ``commit``.

    ``index``: one to go on with; "" for a new one.
    """

    survives = True
    analyse = staticmethod(source)

    def __init__(self, client: Elasticsearch, alias: str, index: str = "") -> None:
        self._client, self._alias = client, alias
        self.index = index or f"{alias}--{uuid.uuid4().hex[:12]}"
        self._live = False
        if not index:
            aliases = {_writing_alias(self.index): {}}
            client.indices.create(index=self.index, aliases=aliases, **index_body())
        found = client.indices.get_settings(index=self.index, name="index.uuid")
        self.name = _uuid(found[self.index])

    def write(self, documents: Iterable[Document], deletes: Iterable[str] = ()) -> None:
        """Add or replace documents and delete keys."""
        made = {document.key: source(document) for document in documents}
        with _engine_errors():
            _send(self._client, self.index, made, [key for key in deletes if key not in made])

    def add(self, analysed: Iterable[dict[str, Any]]) -> int:
        """Add or replace documents; how many."""
        made = {document["key"]: document for document in analysed}
        with _engine_errors():
            _send(self._client, self.index, made, [])
        return len(made)

    def save(self) -> None:
        """The server keeps whatever it has acknowledged."""

    def commit(self, expected: int) -> None:
        """Switch the alias once the index holds what it should; the old index goes."""
        with _engine_errors():
            self._client.indices.put_settings(
                index=self.index, settings={"index": {"refresh_interval": "30s"}}
            )
            self._client.indices.refresh(index=self.index)
            count = self._client.count(index=self.index)["count"]
            if count != expected:
                raise IncompleteBuild(f"{expected} documents became {count}.")
            actions: list[dict[str, Any]] = [{"add": {"index": self.index, "alias": self._alias}}]
            with contextlib.suppress(NotFoundError):
                # An index of that very name is in the way of the alias and goes as well.
                before = self._client.indices.get_settings(index=self._alias, name="index.uuid")
                actions += [{"remove_index": {"index": name}} for name in before]
            self._client.indices.update_aliases(actions=actions)
            self._live = True

    def abort(self) -> None:
        """Remove the index; nothing happens after a commit."""
        if not self._live:
            with _engine_errors(), contextlib.suppress(NotFoundError):
                self._client.indices.delete(index=self.index)

    def close(self) -> None:
        """Nothing is held."""


class NoIndex(EngineUnavailable):
    """The server answers, but has no such index."""


def _uuid(facts: Mapping[str, Any]) -> str:
    return facts["settings"]["index"]["uuid"]


def _writing_alias(index: str) -> str:
    """What is written to must be there: a server that was wiped must not make it anew by itself."""
    return f"write--{index}"


@contextlib.contextmanager
def _engine_errors() -> Iterator[None]:
    """Whatever is wrong with the server or on the way to it becomes EngineUnavailable."""
    try:
        yield
    except NotFoundError as error:
        raise NoIndex("There is no search index yet.") from error
    except (ApiError, TransportError) as error:
        logger.warning("Elasticsearch failed: %s", error)
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:300]) from error


def _send(client: Elasticsearch, index: str, made: dict[str, dict], gone: list[str]) -> None:
    target = {"_index": _writing_alias(index), "require_alias": True}
    actions: list[dict[str, Any]] = [
        {"_op_type": "index", "_id": key, "_source": body, **target} for key, body in made.items()
    ]
    actions += [{"_op_type": "delete", "_id": key, **target} for key in gone]
    for done, item in streaming_bulk(client, actions, raise_on_error=False):
        operation, answer = next(iter(item.items()))
        is_gone = operation == "delete" and answer.get("result") == "not_found"
        if not done and not is_gone:
            raise EngineUnavailable(f"{answer.get('_id')} was refused: {answer.get('error')}"[:300])
