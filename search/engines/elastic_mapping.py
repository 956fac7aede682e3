"""The Elasticsearch index and its documents as plain data; nothing here needs the client."""

from __future__ import annotations

from typing import Any

from search.analysis.elastic import analysis_settings, analyzer_name
from search.analysis.text import prepare
from search.analysis.version import analysis_hash
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
            "dynamic": False,
            "dynamic_templates": [
                {"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}}
            ],
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, Any]:
    words = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
    found: dict[str, Any] = {
        "key": {"type": "keyword"},
        "type": {"type": "keyword"},
        "code": {"type": "keyword"},
        "x": words,
        "sk": words,
        "start": {"type": "integer"},
        "boost": {"type": "float", "index": False},
        "facets": {"type": "object", "dynamic": True},
    }
    for name in fields.SORT_FIELDS:
        found[name] = {"type": "keyword", "index": False}
    for language in fields.TEXT_LANGUAGES:
        for prefix in ("t", "d"):
            found[f"{prefix}_{language}"] = {"type": "text", "analyzer": analyzer_name(language)}
    return found


def source(document: Document) -> dict[str, Any]:
    """The document as the index takes it."""
    made: dict[str, Any] = {
        "key": document.key,
        "type": document.type,
        "x": " ".join(fields.title_words(document)),
        "sk": " ".join(fields.skeleton_keys(document)),
        "boost": fields.boost(document),
        "facets": {name: list(values) for name, values in document.facets.items()},
        **fields.sort_values(document),
    }
    if document.code:
        made["code"] = fields.code_key(document.code)
    if document.start is not None:
        made["start"] = document.start
    for prefix, texts in (("t", document.titles), ("d", document.bodies)):
        for language, text in fields.by_field(texts).items():
            made[f"{prefix}_{language}"] = prepare(text)
    return made
