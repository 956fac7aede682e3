"""Generated covers: a lattice of eight-pointed stars, cut from a code by one seeded rule set."""

from __future__ import annotations

import hashlib
import math
import re
from functools import lru_cache

from home.languages.transliteration import slugify

WIDTH, HEIGHT = 320, 180
# Rules that the seed chooses from; changing one changes every cover there is.
CELLS = (40, 54, 60, 72, 90)
TURNS = (0, 15, 22.5, 30, 45)
WAISTS = (0.38, 0.46, 0.54, 0.62, 0.7)
_ADDRESS = re.compile(r"(?P<hue>[0-9]{1,3})-(?P<code>[a-z0-9-]{1,80})")


def cover_svg(code: str, hue: int) -> str:
    """An SVG drawing of at most 1.2 KB; the same for the same code and hue, for ever."""
    seed = hashlib.sha256(code.encode()).digest()
    cell = CELLS[seed[0] % len(CELLS)]
    turn = TURNS[seed[1] % len(TURNS)]
    waist = WAISTS[seed[2] % len(WAISTS)]
    hue = hue % 360
    near = (hue + seed[3] % 16) % 360
    shift = seed[4] % cell
    half = cell / 2
    star = _star(half, half, half * 0.98, waist, 0)
    core = _star(half, half, half * (0.34 + seed[5] % 4 * 0.06), 0.72, math.pi / 8)
    knot = _star(0, 0, half * 0.42, waist, 0)
    corners = "".join(f'<use href="#k" x="{x}" y="{y}"/>' for x in (0, cell) for y in (0, cell))
    light = 22 + seed[6] % 5
    cut = seed[7] % 3
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs><path id="k" d="{knot}"/>'
        f'<pattern id="p" width="{cell}" height="{cell}" patternUnits="userSpaceOnUse" '
        f'patternTransform="translate({shift} {shift // 2})rotate({turn})">'
        f'<path d="{star}" fill="hsl({hue} 28% {light + 9}%)"/>'
        f'<path d="{core}" fill="hsl({near} 30% {light + 40 + cut * 6}%)"/>'
        f'<g fill="hsl(40 {40 + cut * 5}% {light + 28}%)">{corners}</g>'
        "</pattern></defs>"
        f'<path fill="hsl({hue} 34% {light}%)" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
        f'<path fill="url(#p)" d="M0 0h{WIDTH}v{HEIGHT}H0z"/></svg>'
    )


def cover_address(code: str, hue: int) -> str:
    """The path at which the cover of ``code`` is served."""
    return f"/covers/{int(hue) % 360}-{_plain(code)}.svg"


@lru_cache(maxsize=512)
def cover_at(name: str) -> str | None:
    """The drawing served as ``<hue>-<code>``; None when the name means nothing."""
    found = _ADDRESS.fullmatch(name)
    if found is None or int(found["hue"]) > 359:
        return None
    return cover_svg(found["code"], int(found["hue"]))


def _plain(code: str) -> str:
    return slugify(code, "en")[:80].strip("-") or "x"


def _star(x: float, y: float, radius: float, waist: float, turn: float) -> str:
    """Path of an eight-pointed star around (x, y); ``waist`` is the inner radius as a share."""
    points = []
    for i in range(16):
        reach = radius if i % 2 == 0 else radius * waist
        angle = turn + i * math.pi / 8
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points) + "z"
