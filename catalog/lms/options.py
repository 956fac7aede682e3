"""Checks that options of several kinds share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .http import LOCAL
from .values import Field

SHOWN_CHARACTERS = 80


def rate_field(usual: int) -> Field:
    """How often an LMS may be asked."""
    return Field(
        "rate",
        gettext_lazy("requests a minute"),
        gettext_lazy("What the LMS bears; all processes of the portal keep to it together."),
        required=False,
        default=str(usual),
    )


def address_problems(text: str, *, may_ask: bool = False) -> list[str]:
    """A whole https:// address without name, password and fragment, and without a question unless
    it ``may_ask`` (one on this machine may be http://; whether it may be reached at all is decided
    when it is)."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return [_("The address cannot be read.")]
    is_web = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    if not host or not is_web or not text.isprintable() or " " in text:
        return [_("Write a whole address that starts with https:// and a fixed host.")]
    if "@" in parts.netloc or parts.fragment or (parts.query and not may_ask):
        return [_("The address must hold no password and no question mark.")]
    return []


def field_problems(fields: Iterable[Field], options: Mapping[str, str]) -> list[str]:
    """What is missing, what is not among the choices, what cannot be sent."""
    found = []
    for field in fields:
        value = options.get(field.name, "") or field.default
        named = {"option": field.label, "value": value[:SHOWN_CHARACTERS]}
        if field.required and not value:
            found.append(_("“%(option)s” is missing.") % named)
        elif value and not (value.isprintable() and value.isascii()):
            found.append(_("“%(option)s” holds characters that cannot be sent.") % named)
        elif field.choices and value not in field.choices:
            found.append(_("“%(value)s” is not one of the choices of “%(option)s”.") % named)
    return found


def rate_problems(options: Mapping[str, str]) -> list[str]:
    """The rate is a whole number from 1 to 60,000, or left open."""
    text = options.get("rate", "") or "1"
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 60_000:
        return []
    return [_("Requests a minute must be a whole number from 1 to 60000.")]


def rate_of(options: Mapping[str, str], usual: int) -> float:
    """Requests a minute."""
    return float(options.get("rate", "") or usual)
