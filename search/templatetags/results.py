"""What the list of results and the filters beside it need: made here where a page has hundreds."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.facets import Value
from search.insight.opening import counted_url
from search.results import Segments

register = template.Library()
register.simple_tag(counted_url)


@register.simple_tag
def facet_values(name: str, values: Iterable[Value]) -> SafeString:
    """The choices of a filter, each with the number of entries behind it."""
    made = (
        f'<label class="facet__value{" facet__value--below" if value.depth else ""}">'
        f'<input type="checkbox" name="{escape(name)}" value="{escape(value.value)}"'
        f"{' checked' if value.chosen else ''}> "
        f'<span class="facet__label">{escape(value.label)}</span> '
        f'<span class="facet__count">{value.count:d}</span></label>\n'
        for value in values
    )
    return mark_safe("".join(made))  # noqa: S308 -- every text was escaped


@register.simple_tag
def marked(segments: Segments) -> SafeString:
    """A text with its matches marked."""
    parts = (
        f"<mark>{escape(text)}</mark>" if is_match else escape(text) for text, is_match in segments
    )
    return mark_safe("".join(parts))  # noqa: S308 -- every text was escaped
