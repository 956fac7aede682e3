"""The embedder learns anew when the catalogue has become another one, and only then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from catalog.models import CourseText
from search.embedding import training
from search.embedding.keeping import current
from search.embedding.learning import train_on_catalogue
from search.embedding.renewal import changed_since, renew
from search.models import SearchIndex
from search.rebuild import rebuild
from tests.factories import make_course
from tests.search.test_embedding import ACTS, THINGS, TURKISH, TURKISH_ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def learnt(settings, tmp_path, monkeypatch):
    """A catalogue of sixty entries in two languages, learnt and indexed."""
    monkeypatch.setattr(training, "FEWEST_SEGMENTS", 100)
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path, "ELASTICSEARCH_URL": ""}
    for thing, sey in zip(THINGS, TURKISH, strict=True):
        for act, is_ in zip(ACTS, TURKISH_ACTS, strict=True):
            make_course({"en": f"{thing} {act}", "tr": f"{sey} {is_}"})
    train_on_catalogue()
    rebuild()
    return current()


def publish(count: int) -> None:
    """So many texts are published anew."""
    later = timezone.now() + timedelta(minutes=5)
    wanted = CourseText.objects.order_by("pk").values("pk")[:count]
    CourseText.objects.filter(pk__in=list(wanted.values_list("pk", flat=True))).update(
        title="school bridge survey", last_published_at=later
    )


def test_nothing_is_done_while_little_has_changed(learnt):
    publish(3)
    assert changed_since(timezone.now()) < 0.1
    assert not renew()
    assert current().version == learnt.version


def test_another_catalogue_is_learnt_and_its_vectors_are_indexed(learnt):
    publish(40)
    assert renew()
    assert current().version != learnt.version
    assert not renew()


def test_a_training_without_a_rebuild_is_made_up_for(learnt):
    publish(40)
    train_on_catalogue()
    CourseText.objects.update(last_published_at=timezone.now() - timedelta(days=1))
    assert renew()
    assert not renew()


def test_indexes_of_other_hosts_leave_it_to_people(learnt):
    publish(40)
    SearchIndex.objects.create(name="elsewhere", is_built=True)
    assert not renew()


def test_without_an_embedder_there_is_nothing_to_renew(settings, tmp_path):
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path, "ELASTICSEARCH_URL": ""}
    assert not renew()
