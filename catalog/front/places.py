"""The map of training centres: outlines of their countries and numbered places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.addresses import centre_url
from catalog.models import Centre
from catalog.selectors.centres import all_centres
from catalog.selectors.vocabulary import countries
from home.cache import kept
from home.languages.collation import sort_key

from .outlines import Point, Ring, outlines, projected

# The drawing is this many units wide whatever it shows; numbers are set in the same units.
WIDTH, MARGIN = 1120, 36
RADIUS, FONT_SIZE = 22, 24


@dataclass(frozen=True)
class MapPlace:
    """A centre: its number in list and drawing; ``status`` is "" while it is open."""

    number: int
    name: str
    city: str
    url: str
    language: str
    status: str
    is_central: bool
    on_map: bool
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class CentreMap:
    """``view_box`` is "" where no centre says where it is."""

    places: tuple[MapPlace, ...]
    outlines: tuple[str, ...] = ()
    view_box: str = ""
    radius: int = RADIUS
    font_size: int = FONT_SIZE


@kept
def centre_map(language: str) -> CentreMap:
    """Every centre, the central ones first, then by the alphabet. No queries while kept."""
    rows = sorted(
        all_centres(),
        key=lambda row: (row.kind != Centre.Kind.CENTRAL, sort_key(_city(row), language)),
    )
    located = {row.pk: _point(row) for row in rows if row.latitude is not None and _is_open(row)}
    if not located:
        return CentreMap(tuple(_place(row, n, None, language) for n, row in enumerate(rows, 1)))
    rings = _rings({countries()[row.country_id].code for row in rows if row.pk in located})
    sheet = _Sheet.around([point for ring in rings for point in ring] or located.values())
    return CentreMap(
        places=tuple(
            _place(row, n, sheet.at(located[row.pk]) if row.pk in located else None, language)
            for n, row in enumerate(rows, 1)
        ),
        outlines=tuple(sheet.path(ring) for ring in rings),
        view_box=sheet.view_box,
    )


@dataclass(frozen=True)
class _Sheet:
    """From projected degrees to units of the drawing."""

    west: float
    north: float
    scale: float
    height: int

    @classmethod
    def around(cls, points: Iterable[Point]) -> _Sheet:
        xs, ys = zip(*points, strict=True)
        scale = (WIDTH - 2 * MARGIN) / max(max(xs) - min(xs), 1)
        height = (max(ys) - min(ys)) * scale + 2 * MARGIN
        return cls(min(xs), min(ys), scale, round(height))

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"

    def at(self, point: Point) -> tuple[int, int]:
        # Whole numbers: templates would write a fraction with the comma of the reader's language.
        x, y = point[0] - self.west, point[1] - self.north
        return round(x * self.scale + MARGIN), round(y * self.scale + MARGIN)

    def path(self, ring: Ring) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in map(self.at, ring)) + "z"


def _rings(codes: set[str]) -> list[Ring]:
    known = outlines()
    return [[projected(p) for p in ring] for code in sorted(codes) for ring in known.get(code, ())]


def _point(row: Centre) -> Point:
    return projected((float(row.longitude), float(row.latitude)))


def _is_open(row: Centre) -> bool:
    return row.status == Centre.Status.OPEN and row.longitude is not None


def _city(row: Centre) -> str:
    return str(row.city) or str(row.name)


def _place(row: Centre, number: int, at: tuple[int, int] | None, language: str) -> MapPlace:
    spoken = (row.city or row.name).language(language)
    x, y = at or (0, 0)
    return MapPlace(
        number=number,
        name=str(row.name),
        city=_city(row),
        url=centre_url(row.pk, str(row.name), language),
        language="" if spoken == language else spoken,
        status="" if row.status == Centre.Status.OPEN else str(row.get_status_display()),
        is_central=row.kind == Centre.Kind.CENTRAL,
        on_map=at is not None,
        x=x,
        y=y,
    )
