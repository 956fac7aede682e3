"""What the list of results needs."""

from __future__ import annotations

from django import template

from search.insight.opening import counted_url

register = template.Library()
register.simple_tag(counted_url)
