"""What a page says about itself to readers and machines: address, languages, what it stands for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from home.cache import expire_page_at

from .navigation import Frame, address, home_pages, language_codes, site_for
from .translations import LanguageLink, page_addresses, switch


@dataclass(frozen=True)
class Place:
    """``content_language`` is "" unless the content is in another language than the page."""

    canonical: str
    robots: str
    content_language: str
    is_untranslated: bool
    languages: list[LanguageLink]
    hreflang: dict[str, str]
    banner: str
    has_search: bool


def place_of(
    request: HttpRequest,
    frame: Frame,
    *,
    page: Page | None = None,
    alternates: Mapping[str, str] | None = None,
    translated_into: Collection[str] | None = None,
    canonical: str | None = None,
    noindex: bool = False,
    content_language: str = "",
    is_error: bool = False,
) -> Place:
    """Put together from what the view said, else from the page in the tree, else from the path.

    ``alternates`` are the paths of the same content by language, ``translated_into`` the languages
    among them that really have it (None: all). ``page`` counts only where it is itself what is
    shown, which is when the view gave no alternates.
    """
    site = site_for(request)
    site_id = site.pk if site else 0
    nearest, source = dict(alternates or {}), ""
    real = {c: url for c, url in nearest.items() if translated_into is None or c in translated_into}
    if page is not None and page.pk and alternates is None and not is_error:
        nearest, real = page_addresses(site_id, page.pk)
        if getattr(page, "is_untranslated", False):
            content_language = language_codes()[page.alias_of.locale_id]
            source = _address_of(page.alias_of, site_id, content_language)
    elif alternates is None and not is_error:
        path = request.path.removeprefix(f"/{frame.language}/")
        nearest = {code: f"/{code}/{path}" for code in frame.languages}
        real = nearest
    noindex = noindex or bool(source) or is_error
    return Place(
        canonical="" if is_error else canonical or frame.base_url + (source or _own(request)),
        robots="noindex" if noindex else "",
        content_language="" if content_language == frame.language else content_language,
        is_untranslated=bool(source),
        languages=switch(site_id, frame.language, nearest, not is_error),
        hreflang=_hreflang({} if noindex or _number(request) else real, frame),
        banner=_banner(request, frame),
        has_search=request.path not in (frame.home_url, frame.search_url),
    )


def _own(request: HttpRequest) -> str:
    """The path of this request with nothing of its query but the number of the page."""
    number = _number(request)
    return f"{request.path}?page={number}" if number else request.path


def _number(request: HttpRequest) -> str:
    """The number of a further page of a list; such pages have no counterpart elsewhere."""
    number = request.GET.get("page", "")
    return number if number.isdecimal() and number != "1" else ""


def _address_of(source: Page, site_id: int, language: str) -> str:
    home = home_pages(site_id).get(language)
    return address(source, home, language) if home else ""


def _hreflang(real: Mapping[str, str], frame: Frame) -> dict[str, str]:
    """Every language that has this content, and where to send readers of any other."""
    if len(real) < 2 or frame.language not in real:
        return {}
    found = {code: frame.base_url + real[code] for code in frame.languages if code in real}
    if not found:
        return {}
    return found | {"x-default": next(iter(found.values()))}


def _banner(request: HttpRequest, frame: Frame) -> str:
    own = frame.settings
    if own.banner_until:
        if own.banner_until <= timezone.now():
            return ""
        expire_page_at(request, own.banner_until)
    return own.banner.text(frame.language)
