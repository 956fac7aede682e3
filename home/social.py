"""The picture that goes along when a page is shared: a photograph, else the cover as an image."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from PIL import Image, ImageDraw
from wagtail.images.exceptions import InvalidFilterSpecError

from home.covers import WIDTH as DRAWN
from home.covers import Lattice, as_written, cover_name, lattice_at

WIDTH, HEIGHT = 1200, 630
PHOTOGRAPH = f"fill-{WIDTH}x{HEIGHT}|format-jpeg|jpegquality-75"
# Drawn larger and made smaller, which rounds the edges off.
OVER = 2
COLOURS = 24
# Pictures of about 40 kB that each process keeps; drawing one takes 0.2 s.
KEPT = 128


@dataclass(frozen=True)
class SocialImage:
    """``url`` is absolute; ``alt`` is "" for an ornament, which says nothing."""

    url: str
    alt: str = ""
    width: int = WIDTH
    height: int = HEIGHT


def social_image(base_url: str, code: str, hue: int, photograph: Any = None) -> SocialImage:
    """The photograph cut to what networks show; the cover of ``code`` where there is none."""
    if photograph is not None:
        try:
            made = photograph.get_rendition(PHOTOGRAPH)
        except (OSError, InvalidFilterSpecError):
            pass
        else:
            url = made.url if "://" in made.url else base_url + made.url
            said = getattr(photograph, "contextual_alt_text", "") or photograph.default_alt_text
            return SocialImage(url, said, made.width, made.height)
    return SocialImage(base_url + picture_address(code, hue))


def picture_address(code: str, hue: int) -> str:
    """Where the cover of ``code`` is served as an image; marked, so that nobody makes us draw."""
    name = cover_name(code, hue)
    return f"/covers/{name}.{_mark(name)}.png"


def picture_at(name: str, mark: str) -> bytes | None:
    """The PNG file served there; None for an address that the portal has not made."""
    lattice = lattice_at(name)
    if lattice is None or not constant_time_compare(mark, _mark(name)):
        return None
    return _drawn(lattice)


@lru_cache(maxsize=1024)
def _mark(name: str) -> str:
    return salted_hmac("home.social", name).hexdigest()[:12]


@lru_cache(maxsize=KEPT)
def _drawn(lattice: Lattice) -> bytes:
    """The same lattice as ``home.covers`` draws, in points instead of words."""
    scale = WIDTH * OVER / DRAWN
    image = Image.new("RGB", (WIDTH * OVER, HEIGHT * OVER), as_written(lattice.ground))
    draw = ImageDraw.Draw(image)
    cosine, sine = (f(math.radians(lattice.turn)) for f in (math.cos, math.sin))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            scale * (x * cosine - y * sine + lattice.shift),
            scale * (x * sine + y * cosine + lattice.shift // 2),
        )

    reach = math.ceil(2 * DRAWN / lattice.cell)
    for shape, colour in lattice.shapes():
        for i in range(-reach, reach):
            for j in range(-reach, reach):
                left, top = i * lattice.cell, j * lattice.cell
                points = [place(left + x, top + y) for x, y in shape]
                if any(0 <= x < image.width and 0 <= y < image.height for x, y in points):
                    draw.polygon(points, fill=colour)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX).quantize(COLOURS)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
