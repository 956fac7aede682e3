"""Documents of ordinary pages and news: one for each page with its translations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from home.languages.collation import sort_key
from home.models import NewsPage, StandardPage
from search.engine import Document

from .streams import stream_text

TYPES: dict[str, type[Page]] = {"news": NewsPage, "page": StandardPage}


def page_key(page: Page) -> str:
    """The key of a page and its translations."""
    return f"page:{page.translation_key.hex}"


def numbers(after: str) -> list[str]:
    """Numbers of everything published, in order, beyond ``after``; pages are few."""
    found: set[str] = set()
    for model in TYPES.values():
        found |= {key.hex for key in published(model).values_list("translation_key", flat=True)}
    return sorted(number for number in found if number > after)


def published(model: type[Page]) -> QuerySet[Page]:
    """Pages anybody may see, without those that only stand in for a translation."""
    return model.objects.live().public().filter(alias_of=None)


def documents(groups: Iterable[str]) -> list[Document]:
    """Documents of the published pages among these. Four queries."""
    wanted = [UUID(hex=number) for number in groups]
    found = []
    for kind, model in TYPES.items():
        groups: dict[UUID, list[Page]] = {}
        rows = published(model).filter(translation_key__in=wanted).select_related("locale")
        for page in rows.order_by("pk"):
            groups.setdefault(page.translation_key, []).append(page)
        found += [_document(kind, pages) for pages in groups.values()]
    return found


def _document(kind: str, pages: list[Page]) -> Document:
    by_language = {page.locale.language_code: page for page in pages}
    return Document(
        key=page_key(pages[0]),
        type=kind,
        code="",
        titles={language: page.title for language, page in by_language.items()},
        bodies={
            language: "\n".join(part for part in (page.intro, stream_text(page.body)) if part)
            for language, page in by_language.items()
        },
        facets={"language": tuple(by_language)},
        start=None,
        created=min(_created(page) for page in pages),
        sort_titles={lang: sort_key(page.title, lang) for lang, page in by_language.items()},
    )


def _created(page: Page) -> int:
    if isinstance(page, NewsPage):
        return int(datetime.combine(page.date, time(), UTC).timestamp())
    return int(page.first_published_at.timestamp()) if page.first_published_at else 0
