"""The Elasticsearch index and its documents as plain data; nothing here needs the client."""

from __future__ import annotations

from typing import Any

import numpy as np

from search.analysis.elastic import analysis_settings, analyzer_name
from search.analysis.text import prepare
from search.analysis.version import analysis_hash
from search.embedding import embedder, vector_of
from search.embedding.training import DIMENSIONS
from search.engine import Document

from . import fields


def signature() -> dict[str, Any]:
    """What this release makes an index with."""
    return {"layout": fields.LAYOUT, "analysis": analysis_hash()}


def index_body() -> dict[str, Any]:
    """Settings and mappings of a new index; it is not refreshed until it is live."""
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            "analysis": analysis_settings(),
        },
        "mappings": {
            "_meta": signature(),
            # Nobody asks for whole documents; keeping them would more than double what a search
            # has to unpack for each hit.
            "_source": {"enabled": False},
            "dynamic": False,
            "dynamic_templates": [
                {"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}}
            ],
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, Any]:
    words = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
    raw = {"type": "keyword", "doc_values": False}
    found: dict[str, Any] = {
        "key": {"type": "keyword"},
        "type": {"type": "keyword"},
        "code": {"type": "keyword"},
        **dict.fromkeys(("x", "ac", "sk", "st"), words),
        **dict.fromkeys(("exact", "w", "ws"), raw),
        "start": {"type": "integer"},
        "boost": {"type": "float"},
        "stored": {**raw, "index": False, "store": True},
        "facets": {"type": "object", "dynamic": True},
    }
    for name in fields.SORT_FIELDS:
        found[name] = {"type": "keyword", "index": False}
    current = embedder()
    for dimensions in {DIMENSIONS, current.dimensions if current else DIMENSIONS}:
        found[vector_field(dimensions)] = {
            "type": "dense_vector",
            "dims": dimensions,
            "similarity": "cosine",
            "index_options": {"type": "hnsw"},
        }
    found["embedder"] = {"type": "keyword"}
    for language in fields.TEXT_LANGUAGES:
        for prefix in ("t", "k", "d"):
            found[f"{prefix}_{language}"] = {"type": "text", "analyzer": analyzer_name(language)}
    return found


def vector_field(dimensions: int) -> str:
    """The field of vectors with so many dimensions; an index without it ignores them."""
    return f"vector_{dimensions}"


def source(document: Document) -> dict[str, Any]:
    """The document as the index takes it."""
    texts = fields.Texts.of(document)
    words, stems = fields.spellings(document, texts)
    titles = fields.title_words(document)
    made: dict[str, Any] = {
        "key": document.key,
        "type": document.type,
        "stored": fields.stored(document),
        "x": " ".join(titles),
        "exact": fields.whole_titles(document),
        "ac": " ".join(fields.beginnings(titles)),
        "sk": " ".join(fields.skeleton_keys(texts)),
        "st": " ".join(fields.title_keys(texts)),
        "w": words,
        "ws": stems,
        "boost": fields.boost(document),
        "facets": {name: list(values) for name, values in document.facets.items()},
        **fields.sort_values(document),
    }
    if document.code:
        made["code"] = fields.code_key(document.code)
    if document.start is not None:
        made["start"] = document.start
    version, vector = vector_of(document)
    if version:
        numbers = np.frombuffer(vector, "<f4").tolist()
        made |= {"embedder": version, vector_field(len(numbers)): numbers}
    kinds = (("t", document.titles), ("k", document.keywords), ("d", document.bodies))
    for kind, by_language in kinds:
        for language, text in fields.by_field(by_language).items():
            made[f"{kind}_{language}"] = prepare(text)
    return made
