"""What a benchmark says, line by line, and which bounds it broke."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from .measure import calibration, cpu_median, measure


@dataclass
class Report:
    """``write`` gets each line as soon as it is known; ``broken`` holds those over their bound."""

    write: Callable[[str], object]
    broken: list[str] = field(default_factory=list)

    @cached_property
    def unit(self) -> float:
        """CPU milliseconds of the calibration loop on this machine, measured once."""
        unit = cpu_median(calibration)
        self.say(f"calibration loop {unit:.2f} ms")
        return unit

    def say(self, line: str, *, over: bool = False) -> None:
        """A line; ``over`` when it breaks a bound."""
        self.write(line + ("   OVER" if over else ""))
        if over:
            self.broken.append(line.strip())

    def cpu(self, name: str, function: Callable[[], object], bound: float | None = None) -> None:
        """CPU milliseconds of ``function``, the median of many calls, beside the calibration."""
        figure = measure(name, function, self.unit, bound)
        self.say(figure.line(), over=figure.is_over)
