"""Addresses of the catalogue: made from index page, title and number, never stored."""

from __future__ import annotations

from home.cache import kept
from home.languages.facts import LANGUAGES
from home.languages.transliteration import slugify
from home.models import (
    CatalogueIndexPage,
    CentreIndexPage,
    EntryIndexPage,
    ProgrammeIndexPage,
    ProviderIndexPage,
)

INDEXES: dict[str, type[EntryIndexPage]] = {
    "course": CatalogueIndexPage,
    "programme": ProgrammeIndexPage,
    "provider": ProviderIndexPage,
    "centre": CentreIndexPage,
}


@kept
def index_pages(kind: str) -> dict[str, EntryIndexPage]:
    """The live index page of a kind in each language; shared, so never change one."""
    pages = INDEXES[kind].objects.live().select_related("locale").order_by("path")
    found: dict[str, EntryIndexPage] = {}
    for page in pages:
        found.setdefault(page.locale.language_code, page)
    return found


def index_page(kind: str, language: str) -> EntryIndexPage | None:
    """The index page of a kind in a language, else in the portal's first language that has one."""
    pages = index_pages(kind)
    return next((pages[code] for code in (language, *LANGUAGES) if code in pages), None)


@kept
def index_path(kind: str, language: str) -> str:
    """``/az/kataloq/``, where readers of ``language`` find the entries; "" when nowhere."""
    page = index_page(kind, language)
    parts = page.get_url_parts() if page else None
    return (parts and parts[2]) or ""


def own_index_path(kind: str, language: str) -> str:
    """The path of the index page in this very language; "" when readers are sent to another."""
    return index_path(kind, language) if language in index_pages(kind) else ""


def entry_url(kind: str, number: int | None, title: str, language: str) -> str:
    """Where a link leads readers of ``language``; "" when the portal has no place for the kind."""
    return _below(index_path(kind, language), number, title, language)


def own_entry_url(kind: str, number: int | None, title: str, language: str) -> str:
    """The address of the page in this very language, which search engines are told; "" if none."""
    return _below(own_index_path(kind, language), number, title, language)


def _below(path: str, number: int | None, title: str, language: str) -> str:
    return f"{path}{slugify(title, language)}-{number}/" if path and number else ""


def course_url(number: int | None, title: str, language: str) -> str:
    """The address of a course in a language."""
    return entry_url("course", number, title, language)


def programme_url(number: int | None, title: str, language: str) -> str:
    """The address of a programme in a language."""
    return entry_url("programme", number, title, language)


def provider_url(number: int | None, name: str, language: str) -> str:
    """The address of a provider in a language."""
    return entry_url("provider", number, name, language)


def centre_url(number: int | None, name: str, language: str) -> str:
    """The address of a centre in a language."""
    return entry_url("centre", number, name, language)
