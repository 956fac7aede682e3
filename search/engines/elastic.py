"""The Elasticsearch engine: an alias names the live index, a rebuild switches it at once.

Only this module and ``elastic_queries`` import the client; the server needs no plugin and no paid
feature.
"""

from __future__ import annotations

import contextlib
import logging
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.engine import (
    Candidate,
    Document,
    EngineHealth,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Named,
    TextQuery,
)

from .elastic_mapping import index_body, signature, source
from .elastic_queries import candidates, to_count, to_named, to_result, to_search, to_suggest

logger = logging.getLogger(__name__)

QUERY_SECONDS, WRITE_SECONDS = 1.0, 60.0
# An index that no alias names and that is older belongs to a rebuild that was killed.
ABANDONED_SECONDS = 24 * 3600


class ElasticEngine:
    """Searches and writes the index that the alias ``name`` stands for."""

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self._client = Elasticsearch(
            url, request_timeout=QUERY_SECONDS, max_retries=0, retry_on_timeout=False
        )
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
        sources = [hit["_source"] for hit in found["hits"]["hits"]]
        return [Named(source["key"], source["type"], source["titles"]) for source in sources]

    def write(self, documents: Iterable[Document], deletes: Iterable[str]) -> None:
        """Replace and delete; visible to searches when this returns."""
        made = {document.key: source(document) for document in documents}
        gone = [key for key in deletes if key not in made]
        with _engine_errors():
            while True:
                if not (live := self._live()):
                    self.start_rebuild().commit()
                    continue
                _send(self._writing, live, made, gone)
                self._writing.indices.refresh(index=live)
                # A rebuild that ended meanwhile must not lose the change.
                if self._live() == live:
                    return

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

    def start_rebuild(self) -> ElasticRebuild:
        """Begin a new index beside the live one."""
        with _engine_errors():
            self._remove_abandoned()
            return ElasticRebuild(self._writing, self.name)

    def _live(self) -> str:
        """The index behind the alias; "" when there is none yet."""
        try:
            return next(iter(self._writing.indices.get_alias(name=self.name)))
        except NotFoundError:
            return ""

    def _remove_abandoned(self) -> None:
        latest = (time.time() - ABANDONED_SECONDS) * 1000
        for name, found in self._writing.indices.get(index=f"{self.name}--*").items():
            created = int(found["settings"]["index"]["creation_date"])
            if not found["aliases"] and created < latest:
                self._writing.indices.delete(index=name)


class ElasticRebuild:
    """A new index being written; the alias does not name it until ``commit``."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client, self._alias = client, alias
        self.index = f"{alias}--{uuid.uuid4().hex[:12]}"
        self._keys: set[str] = set()
        self._live = False
        client.indices.create(index=self.index, **index_body())

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents; a key written before is replaced."""
        made = {document.key: source(document) for document in documents}
        with _engine_errors():
            _send(self._client, self.index, made, [])
        self._keys.update(made)

    def commit(self) -> None:
        """Switch the alias once the index holds what was written; the old index goes."""
        with _engine_errors():
            self._client.indices.put_settings(
                index=self.index, settings={"index": {"refresh_interval": "30s"}}
            )
            self._client.indices.refresh(index=self.index)
            count = self._client.count(index=self.index)["count"]
            if count != len(self._keys):
                self.abort()
                raise EngineUnavailable(f"{len(self._keys)} documents became {count}.")
            actions: list[dict[str, Any]] = [{"add": {"index": self.index, "alias": self._alias}}]
            with contextlib.suppress(NotFoundError):
                before = self._client.indices.get_alias(name=self._alias)
                actions += [{"remove_index": {"index": name}} for name in before]
            self._client.indices.update_aliases(actions=actions)
            self._live = True

    def abort(self) -> None:
        """Remove the index; nothing happens after a commit."""
        if not self._live:
            with _engine_errors(), contextlib.suppress(NotFoundError):
                self._client.indices.delete(index=self.index)


@contextlib.contextmanager
def _engine_errors() -> Iterator[None]:
    """Whatever is wrong with the server or on the way to it becomes EngineUnavailable."""
    try:
        yield
    except NotFoundError as error:
        raise EngineUnavailable("There is no search index yet.") from error
    except (ApiError, TransportError) as error:
        logger.warning("Elasticsearch failed: %s", error)
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:300]) from error


def _send(client: Elasticsearch, index: str, made: dict[str, dict], gone: list[str]) -> None:
    actions: list[dict[str, Any]] = [
        {"_op_type": "index", "_index": index, "_id": key, "_source": body}
        for key, body in made.items()
    ]
    actions += [{"_op_type": "delete", "_index": index, "_id": key} for key in gone]
    for done, item in streaming_bulk(client, actions, raise_on_error=False):
        operation, answer = next(iter(item.items()))
        if not done and (operation, answer.get("status")) != ("delete", 404):
            raise EngineUnavailable(f"{answer.get('_id')} was refused: {answer.get('error')}"[:300])
