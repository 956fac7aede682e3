"""Connectors to learning management systems, one folder for each kind; no database here.

A kind is a folder with a class of its own named ``CONNECTOR``; nothing else has to be told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .base import Connector
from .reasons import Outcome, Reason, Scope, sentence
from .results import Result, Trouble
from .services import Clock, Services
from .values import (
    Ability,
    Account,
    Check,
    Field,
    Finding,
    Launch,
    Level,
    Listed,
    Part,
    Period,
    Person,
    Place,
    Progress,
    RemoteCourse,
)

__all__ = [
    "Ability",
    "Account",
    "Check",
    "Clock",
    "Connector",
    "Field",
    "Finding",
    "Launch",
    "Level",
    "Listed",
    "Outcome",
    "Part",
    "Period",
    "Person",
    "Place",
    "Progress",
    "Reason",
    "RemoteCourse",
    "Result",
    "Scope",
    "Services",
    "Trouble",
    "abilities",
    "connector",
    "fields",
    "kinds",
    "sentence",
]


@cache
def _kinds() -> dict[str, type[Connector]]:
    folders = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    found = [import_module(f"{__name__}.{folder}").CONNECTOR for folder in folders]
    return {each.kind: each for each in found}


def kinds() -> list[str]:
    """The kinds of LMS there are connectors for."""
    return list(_kinds())


def fields(kind: str) -> tuple[Field, ...]:
    """The options a connection of ``kind`` has. KeyError for an unknown kind."""
    return _kinds()[kind].fields


def abilities(kind: str) -> frozenset[Ability]:
    """What a connection of ``kind`` can be asked for. KeyError for an unknown kind."""
    return _kinds()[kind].abilities


def connector(kind: str, options: Mapping[str, str], services: Services | None = None) -> Connector:
    """The connector of ``kind`` with its options. KeyError for an unknown kind."""
    return _kinds()[kind](options, services)
