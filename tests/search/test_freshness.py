"""What the index shows of a course is never older than the tables, and needs them as little."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation

from catalog.models import Course
from catalog.selectors.card_facts import CardFacts, card_facts
from catalog.signals import announce, catalogue_changed
from search import freshness
from search.engine import EngineQuery, EngineUnavailable
from search.engines.elastic_queries import to_result
from search.models import OutboxEntry, SearchIndex
from search.outbox import drain
from search.params import SearchParams
from search.rebuild import rebuild
from search.service import answer
from tests.factories import locale, make_centre, make_course, make_run
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db

# The version of the content, and what waits for the index.
MOST_QUERIES = 2


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    """An installed portal, its search index in a folder of its own."""
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    cache.clear()
    install_site()
    rebuild()


def found(query: str = "dövlət"):
    return answer(SearchParams(query=query), "az", timezone.now()).results


def shown(query: str = "dövlət"):
    (result,) = found(query)
    title = "".join(text for text, _is_match in result.title)
    return title, result.availability.state, result.start, result.facts


def test_what_the_index_shows_is_what_the_tables_say():
    now = timezone.now()
    course = make_course({"az": "Dövlət qulluğu", "en": "Civil service"}, workload=90)
    other = make_course({"az": "Dövlət satınalmaları"})
    make_run(
        course,
        start=now + timedelta(days=9),
        enrolment_end=now + timedelta(days=5, microseconds=3),
        seats=12,
        seats_taken=2,
        centre=make_centre(),
    )
    make_run(other, cancelled=True)
    drain()
    indexed = [result.key for result in found()], [shown("qulluğu"), shown("satınalmaları")]
    announce([f"locale:{locale('az').pk}"])
    assert freshness.waiting() is None
    read = [result.key for result in found()], [shown("qulluğu"), shown("satınalmaları")]
    assert indexed == read
    assert indexed[1][0][2]
    assert indexed[1][1][1] == "cancelled"


def test_facts_put_away_come_back_as_they_were():
    now = timezone.now()
    course = make_course({"az": "Dövlət qulluğu", "en": "Civil service"}, workload=90)
    make_run(course, start=now, enrolment_end=None, seats=None, centre=make_centre())
    (facts,) = card_facts([course.pk]).values()
    put_away = json.dumps(facts.plain())
    again = CardFacts.of_plain(course.pk, json.loads(put_away))
    assert (again.runs, json.dumps(again.plain())) == (facts.runs, put_away)


def test_a_change_is_shown_before_the_index_has_it():
    course = make_course({"az": "Dövlət qulluğu"})
    run = make_run(course)
    drain()
    before = shown()
    text = course.texts.get()
    text.title = "Dövlət qulluqçusu"
    text.save()
    run.cancelled = True
    run.save()
    title, state, *_rest = shown()
    assert title == "Dövlət qulluqçusu"
    assert (before[1], state) == ("open", "cancelled")
    drain()
    assert shown()[:2] == (title, state)


def test_what_was_withdrawn_is_gone_before_the_index_knows():
    course = make_course({"az": "Dövlət qulluğu"})
    drain()
    assert found()
    course.withdrawn_at = timezone.now()
    course.save()
    assert not found()


def test_results_are_shown_without_asking_for_their_rows(django_assert_max_num_queries, client):
    for _each in range(12):
        make_run(make_course({"az": "Dövlət qulluğu"}))
    drain()
    client.get("/api/v1/search/?q=dövlət&lang=az")
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/api/v1/search/?q=qulluğu&lang=az")
    assert len(response.json()["results"]) == 12


def test_with_very_many_changes_waiting_the_tables_are_read(monkeypatch):
    monkeypatch.setattr(freshness, "MOST", 1)
    courses = [make_course({"az": "Dövlət qulluğu"}) for _each in range(3)]
    drain()
    for course in courses:
        text = course.texts.get()
        text.title = "Dövlət qulluqçusu"
        text.save()
    assert freshness.waiting() is None
    titles = {"".join(text for text, _is_match in result.title) for result in found()}
    assert titles == {"Dövlət qulluqçusu"}


def test_an_index_that_changes_do_not_reach_speaks_for_nothing():
    make_course({"az": "Dövlət qulluğu"})
    drain()
    assert freshness.waiting() == frozenset()
    SearchIndex.objects.all().delete()
    course = Course.objects.get()
    course.withdrawn_at = timezone.now()
    course.save()
    OutboxEntry.objects.all().delete()
    assert not found()


@pytest.mark.django_db(transaction=True)
def test_a_row_saved_by_itself_raises_the_version_together_with_what_waits():
    course = make_course({"az": "Dövlət qulluğu"})
    seen = []

    def look(**_told):
        seen.append(connection.in_atomic_block)

    catalogue_changed.connect(look)
    try:
        course.save()
    finally:
        catalogue_changed.disconnect(look)
    assert seen == [True]


def test_an_index_of_an_older_release_does_not_answer():
    hits = [{"_id": "course:1", "_score": 1.0}]
    with pytest.raises(EngineUnavailable):
        to_result(EngineQuery(language="az"), {"hits": {"total": {"value": 1}, "hits": hits}})


def test_what_the_index_shows_is_said_in_each_readers_language():
    make_run(make_course({"az": "Dövlət qulluğu", "en": "Civil service"}, workload=90))
    drain()
    said = {}
    for language in ("az", "en", "az"):
        with translation.override(language):
            (result,) = answer(SearchParams(query="qulluğu"), language, timezone.now()).results
            said.setdefault(language, []).append((result.facts, result.availability.label))
    assert said["az"][0] == said["az"][1]
    assert not set(said["az"][0][0]) & set(said["en"][0][0]) - {"Akademiya"}
    assert said["az"][0][1] != said["en"][0][1]
