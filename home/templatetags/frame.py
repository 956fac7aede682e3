"""Tags of the frame: what a page says about itself, icons, covers and dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.cache import kept
from home.covers import cover_address
from home.crumbs import ancestors
from home.languages.dates import written_day
from home.languages.facts import FACTS, language_name
from home.navigation import Link, active_language, frame_for, frame_of, site_for
from home.news import NewsRow, latest_news, news_rows
from home.placing import Place, place_of
from home.social import SocialImage, social_image

register = template.Library()


@register.simple_tag(takes_context=True)
def place(context: template.Context) -> Place:
    """Canonical address, robots, languages and notices of the page being rendered."""
    page = context.get("page")
    return place_of(
        context["request"],
        frame_for(context["request"]),
        page=page if isinstance(page, Page) else None,
        alternates=context.get("alternates"),
        translated_into=context.get("translated_into"),
        canonical=context.get("canonical"),
        noindex=bool(context.get("noindex")),
        content_language=context.get("content_language") or "",
        is_error=bool(context.get("is_error")),
    )


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """What stands between, without white space around it, to be said again elsewhere."""
    return SafeString(content.strip())


@register.simple_tag(takes_context=True)
def way(context: template.Context) -> tuple[Link, ...]:
    """The pages above this one: as the view says (``crumbs``), else as they stand in the tree."""
    crumbs, page, request = context.get("crumbs"), context.get("page"), context["request"]
    if crumbs is not None:
        return tuple(Link(str(title), url) for title, url in crumbs)
    if context.get("is_error") or not isinstance(page, Page) or not page.pk:
        return ()
    return ancestors(_site_id(request), page.pk, active_language())


@register.simple_tag(takes_context=True, name="latest_news")
def latest(context: template.Context, count: int = 2) -> tuple[NewsRow, ...]:
    """The newest pieces of news."""
    return latest_news(_site_id(context["request"]), active_language(), count)


@register.simple_tag(takes_context=True, name="news_rows")
def rows(context: template.Context, pages: Any) -> list[NewsRow]:
    """One page of the list of news as rows."""
    return news_rows(pages, _site_id(context["request"]), active_language())


def _site_id(request: Any) -> int:
    site = site_for(request)
    return site.pk if site else 0


@register.simple_tag(takes_context=True)
def footer(context: template.Context) -> SafeString:
    """The foot of the page, the same on every page of a site and a language."""
    return _footer(_site_id(context["request"]), active_language())


@kept
def _footer(site_id: int, language: str) -> SafeString:
    return render_to_string("components/footer.html", {"portal": frame_of(site_id, language)})


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite, which says nothing that the words beside it do not say."""
    return format_html(
        '<svg class="icon {}" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def cover_url(code: str, hue: int = 190) -> str:
    """The address of the generated cover of ``code``."""
    return cover_address(code, hue)


@register.simple_tag(takes_context=True)
def picture_of(context: template.Context) -> SocialImage:
    """What is shown where somebody shares this page; ``cover`` and ``photograph`` are the view's.

    A page of the tree shows its own image, else the first one in its text.
    """
    frame, page = frame_for(context["request"]), context.get("page")
    code, hue = context.get("cover") or (frame.name, 190)
    photograph = context.get("photograph")
    if photograph is None and isinstance(page, Page):
        photograph = getattr(page, "image", None) or _first_image(page)
    return social_image(frame.base_url, code, hue, photograph)


def _first_image(page: Page) -> Any:
    figures = (block for block in getattr(page, "body", ()) if block.block_type == "figure")
    return next((block.value["image"] for block in figures if block.value["image"]), None)


register.filter("day", written_day)


@register.filter
def item(values: Sequence[Any], number: int) -> Any:
    """The value at ``number``, counted from 0; "" beyond the end."""
    return values[number] if number < len(values) else ""


@register.filter
def og_locale(code: Any) -> str:
    """The form of a language that Open Graph asks for: az_AZ."""
    return FACTS[code].og_locale if code in FACTS else str(code).replace("-", "_")


@register.filter
def language(code: Any) -> str:
    """The name of a language in the reader's language."""
    return language_name(str(code), active_language())
