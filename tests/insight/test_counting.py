"""Searches are counted without knowing who asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from search.insight import counting
from search.insight.models import Asker, DaySalt, QueryDay
from search.insight.selectors import forget, popular_like
from search.suggest import suggestions

pytestmark = pytest.mark.usefixtures("portal")
QUERY = "elektron hökumət"


def ask(query: str, browser: str = "Browser 1", **cookies: str) -> None:
    client = Client(headers={"user-agent": browser})
    client.cookies.load(cookies)
    assert client.get("/az/search/", {"q": query}).status_code == 200


def counted() -> QueryDay:
    counting.flush()
    return QueryDay.objects.get()


def test_searches_and_people_are_counted_by_day_language_and_folded_query():
    ask(QUERY)
    ask("ELEKTRON hokumet", "Browser 2")
    ask(QUERY)
    row = counted()
    assert (row.query, row.language, row.day) == ("elektron hokumet", "az", timezone.localdate())
    assert (row.searches, row.people, row.empty, row.strict) == (3, 2, 0, 3)


def test_pages_from_the_cache_count_too(settings):
    settings.PAGE_CACHE_SECONDS = 600
    ask(QUERY)
    ask(QUERY)
    assert counted().searches == 2


def test_a_query_without_results_is_counted_as_such():
    ask("qzxwvk")
    row = counted()
    assert (row.empty, row.strict) == (1, 0)


def test_later_pages_and_filters_are_not_searches_of_their_own(client):
    client.get("/az/search/", {"q": QUERY, "kind": "course"})
    client.get("/az/search/")
    assert counting.flush() == 0


@pytest.mark.parametrize("query", ["aysel@example.org", "5 012 345 67 89", "AA1234567"])
def test_what_says_who_somebody_is_is_never_written(query):
    ask(query)
    assert counting.flush() == 0


def test_what_is_kept_of_a_person_is_a_hash_that_changes_with_the_day():
    ask(QUERY, "Browser 7")
    counting.flush()
    asker = Asker.objects.get()
    assert "Browser" not in asker.person
    first = asker.person
    DaySalt.objects.all().delete()
    Asker.objects.all().delete()
    ask(QUERY, "Browser 7")
    counting.flush()
    assert Asker.objects.get().person != first


def test_who_asked_yesterday_is_forgotten_and_the_counts_stay():
    ask(QUERY)
    counting.flush()
    yesterday = timezone.localdate() - timedelta(days=1)
    for model in (Asker, QueryDay):
        model.objects.update(day=yesterday)
    DaySalt.objects.create(day=yesterday)
    forget()
    assert not Asker.objects.exists()
    assert not DaySalt.objects.filter(day=yesterday).exists()
    assert QueryDay.objects.get().people == 1


def test_rare_queries_are_forgotten_sooner_than_common_ones():
    day = timezone.localdate() - timedelta(days=120)
    for query, people in (("nadir", 1), ("hamı", 6)):
        QueryDay.objects.create(day=day, language="az", query=query, typed=query, people=people)
    forget()
    assert [row.query for row in QueryDay.objects.all()] == ["hamı"]


def test_a_query_of_five_people_is_suggested_and_one_of_four_is_not():
    for number in range(4):
        ask(QUERY, f"Browser {number}")
    counting.flush()
    assert popular_like("elekt", "az", 5) == []
    cache.clear()
    ask(QUERY, "Browser 5")
    counting.flush()
    assert popular_like("elekt", "az", 5) == [QUERY]
    found = [(one.type, one.title) for one in suggestions("elektron hök", "az")]
    assert ("query", QUERY) in found
    assert popular_like("elekt", "tr", 5) == []


def test_nobody_can_make_the_portal_propose_ornaments():
    for number in range(6):
        ask("elektron ★ hökumə\u0336t 🖕", f"Browser {number}")
    counting.flush()
    assert popular_like("elekt", "az", 5) == [QUERY]


def test_nobody_can_make_the_portal_propose_words_the_catalogue_does_not_have():
    for number in range(6):
        ask("elektron yalan", f"Browser {number}")
    counting.flush()
    assert popular_like("elektron", "az", 5) == []
