"""JSON-LD in pages."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

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
