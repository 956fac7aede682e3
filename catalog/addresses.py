"""Addresses of the catalogue: made from index page, title and number, never stored."""

from __future__ import annotations

from django.conf import settings

from home.cache import kept
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
    """The index page of a kind in a language, else in the portal's default language."""
    pages = index_pages(kind)
    return pages.get(language) or pages.get(settings.LANGUAGE_CODE)


@kept
def index_path(kind: str, language: str) -> str:
    """``/az/kataloq/``; "" when no index page is published."""
    page = index_page(kind, language)
    parts = page.get_url_parts() if page else None
    return (parts and parts[2]) or ""


def entry_url(kind: str, number: int | None, title: str, language: str) -> str:
    """The address of an entry; "" when the portal has no place for its kind, or it no number."""
    path = index_path(kind, language)
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
