"""Generated covers: a lattice of eight-pointed stars, cut from a code by one seeded rule set."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from home.languages.transliteration import slugify

WIDTH, HEIGHT = 320, 180
# Rules that the seed chooses from; changing one changes every cover there is.
CELLS = (40, 54, 60, 72, 90)
TURNS = (0, 15, 22.5, 30, 45)
WAISTS = (0.38, 0.46, 0.54, 0.62, 0.7)
_ADDRESS = re.compile(r"(?P<hue>[0-9]{1,3})-(?P<code>[a-z0-9-]{1,80})")

Shape = list[tuple[float, float]]


@dataclass(frozen=True)
class Lattice:
    """What the seed of a code chose; lengths in the units of the drawing, colours as CSS."""

    cell: int
    turn: float
    waist: float
    shift: int
    core: float
    ground: str
    star: str
    heart: str
    knot: str

    @classmethod
    def of(cls, code: str, hue: int) -> Lattice:
        """The same for the same code and hue, for ever."""
        seed, hue = hashlib.sha256(code.encode()).digest(), hue % 360
        cell = CELLS[seed[0] % len(CELLS)]
        light, cut = 22 + seed[6] % 5, seed[7] % 3
        near = (hue + seed[3] % 16) % 360
        return cls(
            cell=cell,
            turn=TURNS[seed[1] % len(TURNS)],
            waist=WAISTS[seed[2] % len(WAISTS)],
            shift=seed[4] % cell,
            core=0.34 + seed[5] % 4 * 0.06,
            ground=f"hsl({hue} 34% {light}%)",
            star=f"hsl({hue} 28% {light + 9}%)",
            heart=f"hsl({near} 30% {light + 40 + cut * 6}%)",
            knot=f"hsl(40 {40 + cut * 5}% {light + 28}%)",
        )

    def star_points(self) -> Shape:
        """The large star of a cell."""
        half = self.cell / 2
        return _star(half, half, half * 0.98, self.waist, 0)

    def heart_points(self) -> Shape:
        """The small star in its middle."""
        half = self.cell / 2
        return _star(half, half, half * self.core, 0.72, math.pi / 8)

    def knot_points(self) -> Shape:
        """The star where four cells meet."""
        return _star(0, 0, self.cell / 2 * 0.42, self.waist, 0)

    def shapes(self) -> list[tuple[Shape, str]]:
        """All three with their colours as ``hsl(h, s%, l%)``, the lowest first."""
        shapes = (self.star_points(), self.heart_points(), self.knot_points())
        return list(zip(shapes, map(as_written, (self.star, self.heart, self.knot)), strict=True))


def cover_svg(code: str, hue: int) -> str:
    """An SVG drawing of at most 1.2 KB; the same for the same code and hue, for ever."""
    one = Lattice.of(code, hue)
    cell = one.cell
    corners = "".join(f'<use href="#k" x="{x}" y="{y}"/>' for x in (0, cell) for y in (0, cell))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs><path id="k" d="{_path(one.knot_points())}"/>'
        f'<pattern id="p" width="{cell}" height="{cell}" patternUnits="userSpaceOnUse" '
        f'patternTransform="translate({one.shift} {one.shift // 2})rotate({one.turn})">'
        f'<path d="{_path(one.star_points())}" fill="{one.star}"/>'
        f'<path d="{_path(one.heart_points())}" fill="{one.heart}"/>'
        f'<g fill="{one.knot}">{corners}</g>'
        "</pattern></defs>"
        f'<path fill="{one.ground}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
        f'<path fill="url(#p)" d="M0 0h{WIDTH}v{HEIGHT}H0z"/></svg>'
    )


def cover_name(code: str, hue: int) -> str:
    """What a cover is called in addresses: ``<hue>-<code>``."""
    return f"{int(hue) % 360}-{slugify(code, 'en')[:80].strip('-') or 'x'}"


def cover_address(code: str, hue: int) -> str:
    """The path at which the cover of ``code`` is served."""
    return f"/covers/{cover_name(code, hue)}.svg"


@lru_cache(maxsize=512)
def cover_at(name: str) -> str | None:
    """The drawing served under ``name``; None when the name means nothing."""
    found = _read(name)
    return cover_svg(*found) if found else None


def lattice_at(name: str) -> Lattice | None:
    """The lattice of the cover called ``name``; None when the name means nothing."""
    found = _read(name)
    return Lattice.of(*found) if found else None


def _read(name: str) -> tuple[str, int] | None:
    found = _ADDRESS.fullmatch(name)
    if found is None or int(found["hue"]) > 359:
        return None
    return found["code"], int(found["hue"])


def _star(x: float, y: float, radius: float, waist: float, turn: float) -> Shape:
    """An eight-pointed star around (x, y); ``waist`` is the inner radius as a share."""
    points = []
    for i in range(16):
        reach = radius if i % 2 == 0 else radius * waist
        angle = turn + i * math.pi / 8
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return points


def _path(points: Shape) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def as_written(colour: str) -> str:
    """As drawing libraries read it."""
    return colour.replace(" ", ", ")
