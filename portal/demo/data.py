"""Reads the demo's files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def read(name: str) -> Any:
    """The content of ``data/<name>.json``."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def courses() -> list[dict[str, Any]]:
    """Every course of the demo, by code."""
    files = sorted((FOLDER / "courses").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]
