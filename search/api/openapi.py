"""The OpenAPI document, made from the tables that read the requests."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from search.params import FACETS, MAX_PAGE, MAX_QUERY, PAGE_SIZE, SORTS, STARTS, TYPES
from search.planning import Step
from search.suggest import MOST

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}


def document(base: str) -> dict[str, Any]:
    """OpenAPI 3.1; ``base`` is the portal's address without a final slash."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Learning Gate",
            "version": "1",
            "description": "Search the catalogue as the search page does.",
        },
        "servers": [{"url": f"{base}/api/v1"}],
        "paths": {
            "/search/": {"get": _search()},
            "/suggest/": {"get": _suggest()},
        },
        "components": {"schemas": _schemas()},
    }


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _common() -> list[dict[str, Any]]:
    codes = [code for code, _name in settings.LANGUAGES]
    return [
        _parameter("q", "What is looked for.", type="string", maxLength=MAX_QUERY),
        _parameter(
            "lang",
            "The reader's language.",
            type="string",
            enum=codes,
            default=settings.LANGUAGE_CODE,
        ),
    ]


def _search() -> dict[str, Any]:
    values = {"type": "array", "items": _TEXT}
    facets = [
        _parameter(name, "Codes; one of them is enough, and every facet must fit.", **values)
        for name in FACETS
    ]
    return {
        "operationId": "search",
        "summary": "Search courses, programmes, providers, centres, news and pages.",
        "parameters": [
            *_common(),
            _parameter("type", "What kind of entry.", type="string", enum=list(TYPES)),
            _parameter("page", "From 1.", type="integer", minimum=1, maximum=MAX_PAGE),
            _parameter(
                "page_size", "Results a page.", type="integer", maximum=100, default=PAGE_SIZE
            ),
            _parameter("sort", "The order.", type="string", enum=list(SORTS)),
            _parameter("starts", "Starts within days.", type="string", enum=list(STARTS)),
            _parameter("exact", "“1”: only what was typed.", type="string", enum=["1"]),
            *facets,
        ],
        "responses": _responses("SearchAnswer"),
    }


def _suggest() -> dict[str, Any]:
    return {
        "operationId": "suggest",
        "summary": "Titles that begin like what is being typed.",
        "parameters": [
            *_common(),
            _parameter("limit", "At most so many.", type="integer", minimum=1, maximum=MOST),
        ],
        "responses": _responses("SuggestAnswer"),
    }


def _responses(schema: str) -> dict[str, Any]:
    def content(name: str) -> dict[str, Any]:
        reference = {"$ref": f"#/components/schemas/{name}"}
        return {"application/json": {"schema": reference}}

    found = {"200": {"description": "The answer, with an ETag.", "content": content(schema)}}
    found["304"] = {"description": "Not changed since the ETag in If-None-Match."}
    errors = {
        "400": "A parameter makes no sense.",
        "429": "Too many requests; Retry-After says how long to wait.",
        "503": "The search engine does not answer; Retry-After says when to ask again.",
    }
    for status, description in errors.items():
        found[status] = {"description": description, "content": content("Error")}
    return found


def _object(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(kind: str) -> dict[str, Any]:
    return {"type": [kind, "null"]}


def _schemas() -> dict[str, Any]:
    segments = _list({"type": "array", "prefixItems": [_TEXT, {"type": "boolean"}]})
    kind, step = {"enum": list(TYPES)}, {"enum": [str(step) for step in Step]}
    value = _object(value=_TEXT, label=_TEXT, count=_NUMBER, chosen={"type": "boolean"})
    result = _object(
        type=kind,
        code=_TEXT,
        title=_TEXT,
        url={"type": "string", "format": "uri"},
        languages=_list(_TEXT),
        language=_TEXT,
        summary=_TEXT,
        facts=_list(_TEXT),
        state=_or_null("string"),
        state_text=_or_null("string"),
        start=_or_null("string"),
        by_meaning={"type": "boolean"},
        marked=_object(title=segments, summary=segments),
    )
    return {
        "SearchAnswer": _object(
            query=_TEXT,
            language=_TEXT,
            type=kind,
            page=_NUMBER,
            page_size=_NUMBER,
            pages=_NUMBER,
            total=_NUMBER,
            plan=_object(step=step, query=_TEXT, missing=_list(_TEXT), notes=_list(_TEXT)),
            suggestion=_or_null("string"),
            results=_list({"$ref": "#/components/schemas/Result"}),
            facets={"type": "object", "additionalProperties": _list(value)},
            types={"type": "object", "additionalProperties": _NUMBER},
        ),
        "Result": result,
        "SuggestAnswer": _object(
            query=_TEXT,
            language=_TEXT,
            suggestions=_list(
                _object(type=_TEXT, type_text=_TEXT, title=_TEXT, url=_TEXT, language=_TEXT),
            ),
        ),
        "Error": _object(error=_object(status=_NUMBER, message=_TEXT)),
    }
