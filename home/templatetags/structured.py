"""JSON-LD in pages."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from home.navigation import Frame, frame_for
from home.structured_data import Data, article, breadcrumbs, document, website

from .frame import way

register = template.Library()

# What could end the element, or a line, inside a string.
_ESCAPES = {ord(c): f"\\u{ord(c):04X}" for c in "<>&\u2028\u2029"}


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString:
    """``data`` as a block that no browser runs; "" for nothing. Whatever it holds stays inside."""
    if not data:
        return SafeString("")
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    block = f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>'
    return mark_safe(block)  # noqa: S308 - every character that could leave a string is escaped


@register.simple_tag(takes_context=True)
def site_data(context: template.Context) -> Data:
    """The portal itself, for its front page."""
    return document(website(frame_for(context["request"])))


@register.simple_tag(takes_context=True)
def crumbs_data(context: template.Context) -> Data:
    """The way to a page of the tree; nothing for one that stands at the top."""
    crumbs = _crumbs(context, frame_for(context["request"]))
    return document(crumbs) if crumbs else {}


@register.simple_tag(takes_context=True)
def article_data(context: template.Context) -> Data:
    """A piece of news and the way to it."""
    frame, page, here = frame_for(context["request"]), context["page"], context["here"]
    spoken = here.content_language or frame.language
    news = article(
        page.title, here.canonical, spoken, page.date, summary=page.intro, publisher=frame.name
    )
    return document(news, _crumbs(context, frame))


def _crumbs(context: template.Context, frame: Frame) -> Data:
    page, steps = context.get("page"), way(context)
    if not steps or not isinstance(page, Page):
        return {}
    path = context["request"].path
    above = [(frame.name, frame.home_url), *((link.title, link.url) for link in steps)]
    return breadcrumbs(frame.base_url, [*above, (page.title, path)])
