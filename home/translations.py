"""Where the same content stands in the other languages: the switch and the hreflang links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import Page

from home.cache import kept
from home.languages.facts import own_name

from .navigation import address, home_pages, language_codes


@dataclass(frozen=True)
class LanguageLink:
    """One choice of the language switch; ``is_same`` when it leads to the same content."""

    code: str
    name: str
    url: str
    is_current: bool
    is_same: bool


def switch(
    site_id: int, language: str, addresses: Mapping[str, str], is_same: bool
) -> list[LanguageLink]:
    """One link for each language of the site; without an address, to that language's front."""
    return [
        LanguageLink(
            code=code,
            name=own_name(code),
            url=addresses.get(code) or f"/{code}/",
            is_current=code == language,
            is_same=is_same and code in addresses,
        )
        for code in home_pages(site_id)
    ]


@kept
def page_addresses(site_id: int, page_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """Addresses of a page by language: nearest for the switch, and real translations only.

    Where a language has no such page the nearest ancestor that exists there is given.
    """
    homes = home_pages(site_id)
    page = Page.objects.get(pk=page_id)
    keys = list(
        page.get_ancestors(inclusive=True)
        .filter(depth__gt=1)
        .order_by("-depth")
        .values_list("translation_key", flat=True)
    )
    nearest: dict[str, tuple[int, str]] = {}
    real: dict[str, str] = {}
    rows = Page.objects.filter(translation_key__in=keys).live().select_related("alias_of")
    for row in rows:
        language = language_codes()[row.locale_id]
        home = homes.get(language)
        if home is None or not row.url_path.startswith(home.url_path):
            continue
        distance, url = keys.index(row.translation_key), address(row, home, language)
        if language not in nearest or distance < nearest[language][0]:
            nearest[language] = (distance, url)
        if distance == 0 and (not row.alias_of or row.alias_of.locale_id == row.locale_id):
            real[language] = url
    return {code: url for code, (_distance, url) in nearest.items()}, real
