"""Figures of several things side by side."""

from __future__ import annotations

from dataclasses import dataclass, field

from .report import Report

_LABEL, _CELL = 46, 26


@dataclass
class Table:
    """Cells by row and column, in the order in which they first come."""

    title: str
    rows: dict[str, dict[str, tuple[str, bool]]] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)

    def put(self, row: str, column: str, words: str, *, over: bool = False) -> None:
        """A figure; ``over`` when it breaks its bound."""
        self.columns[column] = None
        self.rows.setdefault(row, {})[column] = (words, over)

    def say(self, report: Report) -> None:
        """Every row in one line."""
        report.say(f"{self.title:<{_LABEL}}" + "".join(f"{name:<{_CELL}}" for name in self.columns))
        for row, cells in self.rows.items():
            known = [cells.get(name, ("", False)) for name in self.columns]
            line = f"{row:<{_LABEL}}" + "".join(f"{words:<{_CELL}}" for words, _over in known)
            report.say(line.rstrip(), over=any(over for _words, over in known))
