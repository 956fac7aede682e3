"""Editors see what is not found and do something about it."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from home.models import Concept
from search.insight.models import QueryDay
from tests.factories import make_user

REPORT = "/admin/reports/searches/"
EXPLAIN = REPORT + "explain/"


def seen(query: str, **numbers: int) -> None:
    QueryDay.objects.create(
        day=timezone.localdate(), language="az", query=query, typed=query, **numbers
    )


def shown(client, **filters: str) -> list[str]:
    answer = client.get(REPORT, filters)
    assert answer.status_code == 200
    return [row["query"] for row in answer.context["object_list"]]


def test_the_report_tells_what_is_not_found_and_what_nobody_opens(moderator):
    seen("vergi", searches=20, clicks=12)
    seen("gomruk", searches=9, empty=9)
    seen("budce", searches=30, clicks=1)
    assert shown(moderator) == ["budce", "vergi", "gomruk"]
    assert shown(moderator, show="nothing") == ["gomruk"]
    assert shown(moderator, show="unopened") == ["budce"]
    assert shown(moderator, language="tr") == []
    assert shown(moderator, days="7", ordering="clicks") == ["budce", "vergi", "gomruk"]


def test_days_are_added_up(moderator):
    seen("vergi", searches=2)
    row = QueryDay.objects.create(
        day=timezone.localdate() - timezone.timedelta(days=20),
        language="az", query="vergi", typed="Vergi", searches=3,
    )  # fmt: skip
    rows = moderator.get(REPORT).context["object_list"]
    assert [row["asked"] for row in rows] == [5]
    assert [
        row["asked"] for row in moderator.get(REPORT, {"days": "7"}).context["object_list"]
    ] == [2]
    assert row.pk


def test_the_table_for_spreadsheets_holds_no_formula(moderator):
    seen("=cmd()", searches=1)
    answer = moderator.get(REPORT, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[1][0] == "'=cmd()"


def test_a_query_becomes_a_term_and_is_found(moderator):
    assert moderator.get("/az/search/", {"q": "rəqəmsal idarə"}).context["total"] == 0
    form = {"text": "rəqəmsal idarə", "language": "az", "same_as": "elektron hökumət"}
    assert moderator.post(REPORT + "term/", form).status_code == 302
    assert moderator.get("/az/search/", {"q": "rəqəmsal idarə"}).context["total"] == 2
    again = form | {"text": "e-idarə", "same_as": "Elektron hokumet"}
    moderator.post(REPORT + "term/", again)
    concept = Concept.objects.get()
    assert {term.text for term in concept.terms.all()} == {
        "elektron hökumət", "rəqəmsal idarə", "e-idarə",
    }  # fmt: skip


@pytest.mark.parametrize("same_as", ["", "!!!", "BUDCE"])
def test_a_term_needs_another_word_for_the_same(moderator, same_as):
    form = {"text": "büdcə", "language": "az", "same_as": same_as}
    answer = moderator.post(REPORT + "term/", form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["same_as"]
    assert not Concept.objects.exists()


def test_a_search_is_taken_apart(moderator):
    answer = moderator.get(EXPLAIN, {"query": "hokumet memarliq", "language": "az"})
    first = answer.context["explained"][0]
    assert first.code == "EGOV-102"
    assert first.score == pytest.approx(first.text * first.factor)
    assert [met.word for met in first.met if met.places] == ["hokumet", "memarliq"]


def test_a_course_that_is_missed_says_what_it_lacks(moderator):
    said = {"query": "hokumet memarliq", "language": "az", "code": "egov 101"}
    missed = moderator.get(EXPLAIN, said).context["missed"]
    assert {met.word: bool(met.places) for met in missed.met} == {
        "hokumet": True, "memarliq": False,
    }  # fmt: skip
    unknown = moderator.get(EXPLAIN, said | {"code": "NO-1"})
    assert unknown.context["unknown_code"]


@pytest.mark.parametrize("query", ["", "x" * 500, '"', "-a", "\x00", "title:*"])
def test_whatever_is_explained_a_page_comes_back(moderator, query):
    assert moderator.get(EXPLAIN, {"query": query, "language": "az"}).status_code == 200


def test_readers_have_no_business_there(portal, client):
    assert client.get(REPORT).status_code == 302
    client.force_login(make_user())
    assert client.get(EXPLAIN).status_code == 403
    assert client.post(REPORT + "term/", {}).status_code == 403
