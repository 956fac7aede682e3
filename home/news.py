"""News in lists: the newest for the front page, and the rows of the list of news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wagtail.images.exceptions import InvalidFilterSpecError

from home.cache import kept
from home.models import NewsIndexPage, NewsPage

from .navigation import address, home_pages, language_codes

COVER = "fill-320x180|format-webp|webpquality-60"
# Colours of generated covers: news have no subject to take one from.
_HUES = (205, 38, 162, 265, 345, 15, 88)


@dataclass(frozen=True)
class NewsRow:
    """A piece of news in a list; ``language`` only where its words are not in the page's."""

    title: str
    url: str
    intro: str
    date: date
    code: str
    hue: int
    photo_url: str
    language: str
    list_url: str


@kept
def latest_news(site_id: int, language: str, count: int = 2) -> tuple[NewsRow, ...]:
    """The newest pieces in a language; empty where it has no list of news. Three queries."""
    home = home_pages(site_id).get(language)
    index = home and NewsIndexPage.objects.child_of(home).live().public().first()
    return tuple(news_rows(index.news()[:count], site_id, language)) if index else ()


def news_rows(pages: Iterable[NewsPage], site_id: int, language: str) -> list[NewsRow]:
    """Rows of these pages, which have ``image`` and ``alias_of`` loaded."""
    home, rows = home_pages(site_id).get(language), list(pages)
    photos = _photos(rows)
    return [_row(page, photos, home, language) for page in rows] if home else []


def _row(page: NewsPage, photos: dict[int, str], home, language: str) -> NewsRow:
    origin = language_codes()[(page.alias_of or page).locale_id]
    url = address(page, home, language)
    return NewsRow(
        title=page.title,
        url=url,
        intro=page.intro,
        date=page.date,
        code=f"news-{page.translation_key}",
        hue=_HUES[page.translation_key.int % len(_HUES)],
        photo_url=photos.get(page.image_id, ""),
        language="" if origin == language else origin,
        list_url=url.rstrip("/").rpartition("/")[0] + "/",
    )


def _photos(pages: list[NewsPage]) -> dict[int, str]:
    """Addresses of small photographs by image; a file that is gone gives none."""
    found: dict[int, str] = {}
    for image in {page.image for page in pages if page.image_id}:
        try:
            found[image.pk] = image.get_rendition(COVER).url
        except (OSError, InvalidFilterSpecError):
            continue
    return found
