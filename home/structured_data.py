"""schema.org data of the site itself; that of the catalogue is in ``catalog.structured_data``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from home.navigation import Frame

CONTEXT = "https://schema.org"
Data = dict[str, Any]


def clean(data: Data) -> Data:
    """``data`` without what says nothing: None, "", empty lists and objects."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def document(*nodes: Data) -> Data:
    """One JSON-LD document of these nodes."""
    found = [node for node in nodes if node]
    return {"@context": CONTEXT} | (found[0] if len(found) == 1 else {"@graph": found})


def website(frame: Frame) -> Data:
    """The portal, and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": f"{frame.base_url}/#website",
        "name": frame.name,
        "url": frame.base_url + frame.home_url,
        "inLanguage": list(frame.languages),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{frame.base_url}{frame.search_url}?q={{query}}",
            "query-input": "required name=query",
        },
    }


def article(
    title: str, url: str, language: str, published: date, *, summary: str = "", publisher: str = ""
) -> Data:
    """A piece of news; ``url`` is absolute."""
    return clean(
        {
            "@type": "NewsArticle",
            "headline": title,
            "description": summary,
            "url": url,
            "inLanguage": language,
            "datePublished": published.isoformat(),
            "publisher": publisher and {"@type": "Organization", "name": publisher},
        }
    )


def breadcrumbs(base_url: str, crumbs: Iterable[tuple[str, str]]) -> Data:
    """The way from the front page; ``crumbs`` are titles and paths, the page itself last."""
    items = [
        {"@type": "ListItem", "position": i, "name": str(title), "item": base_url + path}
        for i, (title, path) in enumerate(crumbs, 1)
        if path
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items} if items else {}
