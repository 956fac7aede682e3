"""CPU time, beside a calibration loop of the same run, so that machines can be compared."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

REPEATS = 200


@dataclass(frozen=True)
class Figure:
    """``milliseconds`` of CPU at the median; ``ratio`` to the calibration loop."""

    name: str
    milliseconds: float
    ratio: float
    bound: float | None = None

    @property
    def is_over(self) -> bool:
        """True when there is a bound and it is broken."""
        return self.bound is not None and self.milliseconds > self.bound

    def line(self) -> str:
        """For people."""
        verdict = "" if self.bound is None else f"  (bound {self.bound:g} ms)"
        return f"{self.name:<44}{self.milliseconds:8.2f} ms {self.ratio:8.2f} ×{verdict}"


def cpu_median(function: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median CPU milliseconds of this process over ``repeats`` calls, after three to warm up."""
    for _warm in range(3):
        function()
    gc.collect()
    spent = []
    for _turn in range(repeats):
        began = time.process_time_ns()
        function()
        spent.append(time.process_time_ns() - began)
    return statistics.median(spent) / 1e6


def calibration() -> object:
    """A fixed piece of ordinary Python work: about what a small page costs."""
    table = {str(i): i * i for i in range(8000)}
    return sum(table[key] for key in sorted(table)) + len("".join(table))


def measure(name: str, function: Callable[[], object], unit: float, bound: float | None) -> Figure:
    """A figure for ``function``; ``unit`` is the calibration loop's median."""
    milliseconds = cpu_median(function)
    return Figure(name, milliseconds, milliseconds / unit, bound)
