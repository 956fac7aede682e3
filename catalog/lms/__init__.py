"""Connectors to learning management systems, one folder for each kind; no database here."""

from __future__ import annotations

from collections.abc import Mapping

from .base import Connector, Launch
from .link import LinkConnector

__all__ = ["Connector", "Launch", "connector", "kinds"]

_KINDS: dict[str, type[Connector]] = {LinkConnector.kind: LinkConnector}


def kinds() -> list[str]:
    """The kinds of LMS there are connectors for."""
    return list(_KINDS)


def connector(kind: str, options: Mapping[str, str]) -> Connector:
    """The connector of ``kind`` with its options. KeyError for an unknown kind."""
    return _KINDS[kind](options)
