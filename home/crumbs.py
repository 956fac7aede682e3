"""The way from the front page to the page being shown."""

from __future__ import annotations

from wagtail.models import Page

from home.cache import kept

from .navigation import Link, address, home_pages, language_codes


@kept
def ancestors(site_id: int, page_id: int, language: str) -> tuple[Link, ...]:
    """Published pages between the front page and this one, outermost first. Two queries."""
    home = home_pages(site_id).get(language)
    page = Page.objects.filter(pk=page_id).first()
    if home is None or page is None or not page.is_descendant_of(home):
        return ()
    rows = page.get_ancestors().filter(depth__gt=home.depth).live().select_related("alias_of")
    return tuple(_link(row, home, language) for row in rows)


def _link(page: Page, home: Page, language: str) -> Link:
    origin = language_codes()[(page.alias_of or page).locale_id]
    return Link(page.title, address(page, home, language), "" if origin == language else origin)
