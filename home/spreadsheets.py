"""Cells that people open in a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before it (OWASP)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
