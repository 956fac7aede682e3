"""The map of centres: outlines that stay true to their country, numbers that stand in the list."""

from __future__ import annotations

import pytest

from catalog.front.outlines import outlines, projected, simplified
from catalog.front.places import centre_map
from home.cache import touch_content
from tests.factories import make_centre


def test_points_on_a_straight_line_are_left_out_and_corners_stay():
    ring = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    (found,) = simplified([ring], tolerance=0.01, smallest=0.1)
    assert (1.0, 0.0) not in found
    assert {(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)} <= set(found)


def test_small_islands_are_left_out():
    island = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)]
    assert simplified([island], tolerance=0.001, smallest=0.1) == []


def test_every_country_of_the_portal_has_an_outline():
    assert set(outlines()) == {"az", "tr", "kz", "nc"}
    assert all(len(ring) > 3 for rings in outlines().values() for ring in rings)


def test_north_is_up():
    assert projected((49.0, 41.0))[1] < projected((49.0, 40.0))[1]


@pytest.mark.django_db
def test_a_centre_stands_inside_the_drawing_with_the_number_of_the_list():
    make_centre("baku", kind="central", latitude=40.4, longitude=49.9)
    make_centre("far", status="closed")
    touch_content()
    found = centre_map("az")
    first, second = found.places
    assert (first.number, first.on_map, second.on_map) == (1, True, False)
    width, height = (int(part) for part in found.view_box.split()[2:])
    assert 0 < first.x < width
    assert 0 < first.y < height
    assert second.status


@pytest.mark.django_db
def test_without_coordinates_there_is_a_list_and_no_drawing():
    make_centre("somewhere")
    touch_content()
    found = centre_map("az")
    assert found.view_box == ""
    assert len(found.places) == 1
