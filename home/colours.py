"""A site's own colours: used where text in them stays readable, otherwise the portal's are kept."""

from __future__ import annotations

import hashlib
import re

READABLE = 4.5
# The surfaces that text stands on (see the tokens in portal.css).
LIGHT_SURFACES = ("#FBFAF6", "#F1EEE6")
DARK_SURFACES = ("#10181E", "#18232B")
# Names of the custom properties with their light and dark values.
DEFAULTS = {
    "brand": ("#0B5563", "#5FC3CF"),
    "brand-2": ("#B3261E", "#F2A097"),
    "gold": ("#9A6B14", "#E2B65C"),
}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def is_readable(colour: str, surfaces: tuple[str, ...] = LIGHT_SURFACES) -> bool:
    """True when ``colour`` is a colour in which text can be read on all ``surfaces``."""
    return bool(_COLOUR.fullmatch(colour)) and all(
        contrast(colour, surface) >= READABLE for surface in surfaces
    )


def lightened(colour: str) -> str:
    """``colour`` mixed with as little white as makes it readable on the dark surfaces."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(0, 101, 5):
        mixed = "#" + "".join(f"{round(p + (255 - p) * step / 100):02X}" for p in parts)
        if is_readable(mixed, DARK_SURFACES):
            return mixed
    return "#FFFFFF"


def brand_css(brand: str, brand_2: str, gold: str) -> str:
    """A stylesheet for the colours that differ from the portal's own; "" when none does."""
    wanted = dict(zip(DEFAULTS, (brand, brand_2, gold), strict=True))
    own = {
        name: colour.upper()
        for name, colour in wanted.items()
        if is_readable(colour) and colour.upper() != DEFAULTS[name][0]
    }
    if not own:
        return ""
    light = "".join(f"--{name}:{colour};" for name, colour in own.items())
    dark = "".join(f"--{name}:{lightened(colour)};" for name, colour in own.items())
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"


def brand_address(brand: str, brand_2: str, gold: str) -> str:
    """The path of that stylesheet, which changes with its content; "" when none is needed."""
    css = brand_css(brand, brand_2, gold)
    return f"/brand-{hashlib.sha256(css.encode()).hexdigest()[:12]}.css" if css else ""
