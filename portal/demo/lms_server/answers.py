"""Answers kept as files, word for word as real servers gave them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("answers")


@dataclass(frozen=True)
class Response:
    """What goes back; ``cut`` breaks the connection off instead of sending the body."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = field(default=())
    cut: bool = False


@cache
def text_of(name: str) -> str:
    """The text of a file below ``answers``, without the last line feed."""
    return (FOLDER / name).read_text(encoding="utf-8").removesuffix("\n")


def kept(name: str, status: int = 200, **headers: str) -> Response:
    """A file as it is; names of headers with _ for -."""
    kind = "text/html; charset=utf-8" if name.endswith(".html") else Response.kind
    named = tuple((key.replace("_", "-"), value) for key, value in headers.items())
    return Response(text_of(name).encode(), status, kind, named)


def data(value: Any, status: int = 200) -> Response:
    """Something put together while running, in the shape that was observed."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), status)
