"""Changes reach the index: stored with the change, written once, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import now
from wagtail.models import Page, PageViewRestriction

from catalog.signals import announce_courses
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from search import registry
from search.documents import documents_for, expand
from search.documents.pages import page_key
from search.engine import EngineUnavailable
from search.models import OutboxEntry, SearchIndex
from search.outbox import drain
from tests.factories import (
    bulk_courses,
    locale,
    make_centre,
    make_course,
    make_programme,
    make_provider,
    make_run,
    make_subject,
)

pytestmark = pytest.mark.django_db


class Recorder:
    """Remembers what an index would have been given; ``broken`` makes it unavailable."""

    folder = None

    def __init__(self, name: str) -> None:
        self.place = self.name = name
        self.documents: dict[str, object] = {}
        self.broken = False

    def live(self) -> str:
        return self.name

    def count(self) -> int:
        return len(self.documents)

    def write(self, documents, deletes) -> None:
        if self.broken:
            raise EngineUnavailable("gone")
        self.documents |= {document.key: document for document in documents}
        for key in deletes:
            self.documents.pop(key, None)


def make_home() -> HomePage:
    return Page.get_first_root_node().add_child(
        instance=HomePage(title="Portal", slug="portal", locale=locale("az"))
    )


def publish(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def courses(engine: Recorder) -> set[str]:
    return {key for key in engine.documents if key.startswith("course:")}


@pytest.fixture
def recorder():
    """Makes indexes that every change reaches."""

    def make(name: str) -> Recorder:
        registry.begin(name)
        return Recorder(name)

    return make


@pytest.fixture
def engine(recorder) -> Recorder:
    return recorder("first")


def test_a_published_course_is_written_with_all_its_languages(engine):
    course = make_course({"az": "Elektron hökumət", "en": "E-government"}, code="EGOV-1")
    drain(engine)
    document = engine.documents[f"course:{course.pk}"]
    assert document.titles == {"az": "Elektron hökumət", "en": "E-government"}
    assert document.code == "EGOV-1"
    assert not OutboxEntry.objects.exists()


def test_drafts_and_withdrawn_courses_are_not_in_the_index(engine):
    draft = make_course({"az": "Qaralama"}, live=False)
    course = make_course({"az": "Kurs"})
    drain(engine)
    assert courses(engine) == {f"course:{course.pk}"}
    text = course.texts.get()
    text.unpublish()
    drain(engine)
    assert courses(engine) == set()
    assert draft.pk


def test_a_run_changes_the_state_that_is_searched(engine):
    course = make_course()
    drain(engine)
    make_run(course, seats=5, seats_taken=5)
    drain(engine)
    assert engine.documents[f"course:{course.pk}"].facets["state"] == ("full",)


def test_a_rollback_leaves_nothing_to_index(engine):
    course = make_course()
    OutboxEntry.objects.all().delete()
    with transaction.atomic():
        announce_courses([course.pk])
        transaction.set_rollback(True)
    assert drain(engine) == 0


def test_an_outage_keeps_every_change_for_later(engine):
    make_course()
    engine.broken = True
    with pytest.raises(EngineUnavailable):
        drain(engine)
    assert OutboxEntry.objects.exists()
    engine.broken = False
    drain(engine)
    assert len(courses(engine)) == 1


def test_every_index_gets_every_change_by_itself(engine, recorder):
    other = recorder("second")
    first = make_course({"az": "Kurs"})
    drain(engine)
    second = make_course({"az": "Kurs"})
    engine.broken = True
    drain(other)
    assert courses(other) == {f"course:{first.pk}", f"course:{second.pk}"}
    assert courses(engine) == {f"course:{first.pk}"}
    engine.broken = False
    drain(engine)
    assert courses(engine) == courses(other)
    assert not OutboxEntry.objects.exists()


def test_an_index_gets_what_changes_from_the_moment_its_build_begins(engine, recorder):
    before = make_course()
    drain(engine)
    late = recorder("late")
    course = make_course()
    drain(engine)
    drain(late)
    assert courses(late) == {f"course:{course.pk}"}
    assert courses(engine) == {f"course:{before.pk}", f"course:{course.pk}"}


def test_an_index_that_no_change_reaches_is_not_brought_up_to_date(engine):
    registry.forget(engine.name)
    make_course()
    with pytest.raises(EngineUnavailable):
        drain(engine)
    assert not courses(engine)


def test_an_index_that_nobody_sees_any_more_keeps_no_changes(engine, recorder):
    gone, left = recorder("gone"), recorder("left")
    assert registry.is_known(engine.name)
    assert registry.is_known(gone.name)
    make_course()
    drain(engine)
    SearchIndex.objects.filter(name=gone.name).update(seen_at=now() - timedelta(days=4))
    SearchIndex.objects.filter(name=left.name).update(seen_at=now() - timedelta(days=2))
    registry.forget_unseen()
    assert not OutboxEntry.objects.exists()
    assert registry.is_known(engine.name)
    with pytest.raises(EngineUnavailable):
        drain(gone)


def test_a_provider_or_subject_or_centre_brings_its_courses_along():
    provider, subject, centre = make_provider(), make_subject(), make_centre()
    course = make_course(provider=provider, subjects=(subject,))
    make_run(course, centre=centre)
    make_course()
    assert list(expand([f"subject:{subject.pk}"])) == [f"course:{course.pk}"]
    for key in (f"provider:{provider.pk}", f"centre:{centre.pk}"):
        assert list(expand([key])) == [key, f"course:{course.pk}"]


def test_programmes_providers_centres_pages_and_news_are_written_too(engine):
    programme = make_programme(make_course())
    centre = make_centre("seki")
    home = make_home()
    page = publish(home, StandardPage(title="Haqqımızda", intro="Portal barədə"))
    index = publish(home, NewsIndexPage(title="Xəbərlər"))
    news = publish(index, NewsPage(title="Yeni kurslar"))
    drain(engine)
    types = {key: document.type for key, document in engine.documents.items()}
    assert types[f"programme:{programme.pk}"] == "programme"
    assert types[f"centre:{centre.pk}"] == "centre"
    assert types[page_key(page)] == "page"
    assert types[page_key(news)] == "news"
    assert engine.documents[page_key(page)].bodies["az"] == "Portal barədə"
    page.unpublish()
    news.delete()
    drain(engine)
    assert not {page_key(page), page_key(news)} & set(engine.documents)


def test_pages_that_not_everybody_may_see_are_not_in_the_index(engine):
    home = make_home()
    page = publish(home, StandardPage(title="Daxili"))
    drain(engine)
    assert page_key(page) in engine.documents
    guard = PageViewRestriction.objects.create(page=page, restriction_type="login")
    drain(engine)
    assert page_key(page) not in engine.documents
    guard.delete()
    drain(engine)
    assert page_key(page) in engine.documents


def test_a_subject_is_found_under_everything_above_it():
    parent = make_subject("law")
    child = make_subject("administrative-law", parent=parent)
    course = make_course(subjects=(child,))
    documents, _deletes = documents_for([f"course:{course.pk}"])
    assert documents[0].facets["subject"] == ("administrative-law", "law")


def test_queries_do_not_grow_with_the_number_of_courses(django_assert_max_num_queries):
    courses = bulk_courses(120, ("az", "en"))
    keys = [f"course:{course.pk}" for course in courses]
    documents_for(keys[:1])
    with django_assert_max_num_queries(14):
        documents, _deletes = documents_for(keys)
    assert len(documents) == 120


def test_a_subject_that_moves_takes_the_courses_below_it_along():
    top, other = make_subject("top"), make_subject("other")
    middle = make_subject("middle", parent=top)
    leaf = make_subject("leaf", parent=middle)
    course = make_course({"az": "Kurs"}, subjects=(leaf,))
    OutboxEntry.objects.all().delete()
    middle.parent = other
    middle.save()
    assert f"course:{course.pk}" in set(expand(entry.key for entry in OutboxEntry.objects.all()))
