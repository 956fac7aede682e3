"""Results of a query lead through an address that counts."""

from __future__ import annotations

import re

import pytest

from catalog.models import Course
from search.insight import counting
from search.insight.models import QueryDay

pytestmark = pytest.mark.usefixtures("portal")
OPEN = "/az/search/open/"


def test_a_result_leads_to_its_course_and_is_counted(client):
    page = client.get("/az/search/", {"q": "hokumet"}).content.decode()
    link = re.search(r'href="(/az/search/open/[^"]+)"', page)[1].replace("&amp;", "&")
    answer = client.get(link)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert "no-store" in answer["Cache-Control"]
    counting.flush()
    row = QueryDay.objects.get()
    assert (row.searches, row.clicks) == (1, 1)


def test_without_a_query_results_lead_straight_to_the_course(client):
    assert OPEN not in client.get("/az/search/").content.decode()


@pytest.mark.parametrize(
    "to",
    ["", "https://evil.example/", "//evil.example", "course:999999", "course:1 ", "user:1",
     "page:" + "0" * 32, "course:" + "9" * 40],
)  # fmt: skip
def test_it_leads_nowhere_else(client, to):
    assert client.get(OPEN, {"to": to, "q": "x"}).status_code == 404


def test_a_withdrawn_course_is_not_led_to(client):
    course = Course.objects.get(code="EGOV-101")
    course.texts.update(live=False)
    assert client.get(OPEN, {"to": f"course:{course.pk}", "q": "x"}).status_code == 404
