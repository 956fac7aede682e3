"""Outlines of countries for our own map, simplified from Natural Earth (public domain).

``outlines.json`` holds rings of (longitude, latitude) by the code of a country; ``simplified``
made it out of the original's rings, as docs/map.md tells.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

FILE = Path(__file__).with_name("outlines.json")


@cache
def outlines() -> dict[str, list[Ring]]:
    """Rings of every country there is an outline of, by its code."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: [[(x, y) for x, y in ring] for ring in rings] for code, rings in rows.items()}


def projected(point: Point) -> Point:
    """Mercator, in degrees of longitude, south downwards."""
    longitude, latitude = point
    north = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))
    return longitude, -north


def simplified(rings: Iterable[Ring], tolerance: float, smallest: float) -> list[Ring]:
    """Rings without the points that lie within ``tolerance`` degrees of the line without them.

    Rings whose area is below ``smallest`` square degrees are left out.
    """
    kept = (_thinned(ring, tolerance) for ring in rings if abs(_area(ring)) >= smallest)
    return [[(round(x, 2), round(y, 2)) for x, y in ring] for ring in kept if len(ring) > 3]


def _thinned(ring: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's way, on the two halves of a closed ring."""
    half = len(ring) // 2
    return _line(ring[: half + 1], tolerance)[:-1] + _line(ring[half:], tolerance)


def _line(points: Ring, tolerance: float) -> Ring:
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    far, place = max((_distance(p, first, last), i) for i, p in enumerate(points[1:-1], 1))
    if far <= tolerance:
        return [first, last]
    return _line(points[: place + 1], tolerance)[:-1] + _line(points[place:], tolerance)


def _distance(point: Point, first: Point, last: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2
