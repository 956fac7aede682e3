"""A page of results that was kept before the index caught up is not shown for long."""

from __future__ import annotations

import pytest

from home.cache import content_version
from search.models import OutboxEntry
from search.tasks import catch_up
from tests.factories import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(settings, tmp_path):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}


def test_kept_pages_are_made_anew_once_the_index_has_the_change():
    make_course({"az": "Yeni kurs"})
    before = content_version()
    assert catch_up()
    assert not OutboxEntry.objects.exists()
    assert content_version() > before


def test_kept_pages_stay_while_nothing_waits():
    OutboxEntry.objects.all().delete()
    before = content_version()
    assert catch_up() == 0
    assert content_version() == before
