"""Editors put courses first, or leave them out, for single queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Course
from search.insight.models import Placement
from search.rebuild import rebuild
from tests.factories import make_course

pytestmark = pytest.mark.usefixtures("portal")
QUERY = "elektron hökumət"


@pytest.fixture(autouse=True)
def fresh(settings):
    """Each search is made anew."""
    settings.PAGE_CACHE_SECONDS = 0


def place(code: str, action: str = "pin", query: str = QUERY, **values) -> Placement:
    return Placement.objects.create(
        typed=query, course=Course.objects.get(code=code), action=action, **values
    )


def found(client, query: str = QUERY, language: str = "az", **filters: str) -> list[str]:
    answer = client.get("/api/v1/search/", {"q": query, "lang": language, **filters}).json()
    assert answer["total"] == len(answer["results"])
    return [one["code"] for one in answer["results"]]


def test_what_is_put_first_comes_first_in_its_order_however_the_query_is_typed(client):
    make_course({"az": "Büdcə"}, code="FIN-1")
    rebuild()
    assert "FIN-1" not in found(client)
    place("EGOV-102", order=2)
    place("FIN-1", order=1)
    assert found(client) == ["FIN-1", "EGOV-102", "EGOV-101"]
    assert found(client, "ELEKTRON hokumet") == ["FIN-1", "EGOV-102", "EGOV-101"]
    assert "FIN-1" not in found(client, "hökumət")


def test_what_is_left_out_is_not_counted_either(client):
    place("EGOV-101", "hide")
    assert found(client) == ["EGOV-102"]
    page = client.get("/az/search/", {"q": QUERY})
    assert page.context["total"] == 1
    assert {value.count for f in page.context["facets"] for value in f.values} == {1}


def test_a_query_without_results_gets_what_is_put_first(client):
    assert found(client, "qzxwvk") == []
    place("EGOV-101", query="qzxwvk")
    assert found(client, "qzxwvk") == ["EGOV-101"]


def test_filters_hold_for_what_is_put_first(client):
    make_course({"az": "Büdcə"}, code="FIN-1", kind=Course.Kind.VIDEO)
    rebuild()
    place("FIN-1")
    assert sorted(found(client, kind="course")) == ["EGOV-101", "EGOV-102"]


def test_a_placement_ends_and_keeps_to_its_language(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    place("EGOV-101", "hide", until=yesterday)
    place("EGOV-102", "hide", language="tr")
    assert len(found(client)) == 2
    assert found(client, language="tr") == ["EGOV-101"]


def test_editors_place_in_the_admin_and_see_it_at_once(moderator):
    course = Course.objects.get(code="EGOV-101")
    form = {"typed": QUERY, "language": "", "course": course.pk, "action": "hide", "order": "0"}
    form |= {"until": "", "note": ""}
    url = "/admin/snippets/insight/placement/"
    assert moderator.get(url + "add/?query=elektron").status_code == 200
    assert moderator.post(url + "add/", form).status_code == 302
    assert found(moderator) == ["EGOV-102"]
    again = moderator.post(url + "add/", form)
    assert again.status_code == 200
    assert Placement.objects.count() == 1
    assert moderator.post(url + "add/", form | {"typed": "!!!"}).status_code == 200
    assert moderator.get(url).status_code == 200
