"""A rebuild goes on where it was stopped, misses no change and is switched to as a whole."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import analysing, registry, upkeep
from search import rebuild as rebuilding
from search.engine import EngineQuery, EngineUnavailable, IncompleteBuild
from search.engines import get_engine, get_indexes
from search.locking import Busy, only_builder
from search.models import OutboxEntry, SearchIndex
from search.outbox import drain
from search.rebuild import rebuild, rebuild_index
from search.upkeep import catch_up, needs_rebuild
from tests.factories import bulk_courses, make_course

pytestmark = pytest.mark.django_db

EVERYTHING = EngineQuery(language="az", types=("course",), limit=200)


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    monkeypatch.setattr(upkeep, "_checked", set())
    monkeypatch.setattr(upkeep, "_not_before", {})


@pytest.fixture
def index():
    return get_indexes()[0]


def found() -> set[str]:
    return {hit.key for hit in get_engine().search(EVERYTHING).hits}


def keys(courses) -> set[str]:
    return {f"course:{course.pk}" for course in courses}


def kill_after(batches: int):
    def progress(done: int, total: int) -> None:
        nonlocal batches
        batches -= 1
        if not batches:
            raise Killed

    return progress


def test_a_rebuild_goes_on_where_it_was_stopped(index, monkeypatch):
    monkeypatch.setattr(rebuilding, "READ", 10)
    courses = bulk_courses(45)
    with pytest.raises(Killed):
        rebuild(kill_after(2))
    assert not get_engine().health().ok
    steps = []
    assert (
        rebuild(lambda done, total: steps.append((done, total))) == SearchIndex.objects.get().done
    )
    assert len(steps) == 3
    assert found() == keys(courses)
    assert not needs_rebuild(index)


def test_a_rebuild_afresh_begins_at_the_beginning(index, monkeypatch):
    monkeypatch.setattr(rebuilding, "READ", 10)
    bulk_courses(45)
    with pytest.raises(Killed):
        rebuild(kill_after(2))
    steps = []
    rebuild_index(index, lambda *step: steps.append(step), afresh=True)
    assert len(steps) == 5


def test_what_changes_while_a_rebuild_is_stopped_is_in_the_new_index(index, monkeypatch):
    monkeypatch.setattr(rebuilding, "READ", 10)
    courses = bulk_courses(30)
    rebuild()
    with pytest.raises(Killed):
        rebuild(kill_after(2))
    gone, changed, new = courses[0], courses[1], make_course({"az": "Yeni"})
    gone.texts.get().unpublish()
    text = changed.texts.get()
    text.title = "Bambaşqa"
    text.save_revision().publish()
    drain()
    wanted = keys([*courses[1:], new])
    assert found() == wanted
    before = index.live()
    rebuild()
    assert index.live() != before
    assert found() == wanted
    assert index.named(["bambasqa"], "az", 5)[0].key == f"course:{changed.pk}"
    assert not OutboxEntry.objects.exists()
    assert list(SearchIndex.objects.values_list("name", flat=True)) == [index.live()]


def test_queries_hardly_grow_with_the_catalogue(monkeypatch):
    monkeypatch.setattr(rebuilding, "READ", 80)

    def queries(count: int) -> int:
        bulk_courses(count)
        drain() if SearchIndex.objects.exists() else rebuild()
        with CaptureQueriesContext(connection) as asked:
            rebuild()
        return len(asked)

    few, many = queries(80), queries(320)
    # A batch of 500 is an eighth of what is read at once.
    assert (many - few) / (4 * 8) <= 2


def test_an_index_that_lacks_documents_does_not_become_the_live_one(index, monkeypatch):
    courses = bulk_courses(5)
    rebuild()
    before = index.live()
    monkeypatch.setattr(rebuilding, "documents_for", lambda keys: ([], []))
    with pytest.raises(IncompleteBuild):
        rebuild()
    assert index.live() == before
    assert found() == keys(courses)
    assert list(SearchIndex.objects.values_list("name", flat=True)) == [before]


def test_only_one_builds(index):
    rebuild()
    with only_builder(index), pytest.raises(Busy):
        rebuild()
    assert catch_up() == 0
    rebuild()


def test_a_rebuild_that_cannot_begin_leaves_changes_where_they_wait(index, monkeypatch):
    make_course()

    def away(known=()):
        raise EngineUnavailable("away")

    monkeypatch.setattr(index, "start_rebuild", away)
    with pytest.raises(EngineUnavailable):
        rebuild()
    assert OutboxEntry.objects.exists()
    assert not SearchIndex.objects.exists()
    with pytest.raises(CommandError):
        call_command("rebuild_search")


def test_a_lost_index_is_made_again_by_the_worker(index):
    courses = bulk_courses(4)
    catch_up()
    assert found() == keys(courses)
    index.generations.discard(index.generations.current())
    (index.folder / "current").unlink()
    courses.append(make_course())
    assert not upkeep.health().ok
    catch_up()
    assert found() == keys(courses)
    assert upkeep.health().ok


def test_an_index_that_missed_changes_says_so_and_is_made_again(index):
    courses = bulk_courses(4)
    catch_up()
    registry.forget(index.live())
    courses.append(make_course())
    OutboxEntry.objects.all().delete()
    assert not upkeep.health().ok
    assert needs_rebuild(index)
    catch_up()
    assert found() == keys(courses)


def test_an_index_that_lost_documents_is_made_again(index):
    courses = bulk_courses(4)
    catch_up()
    index.write([], sorted(keys(courses[:3])))
    catch_up()
    assert found() == keys(courses)


def test_a_worker_that_starts_makes_an_index_of_another_release_anew(index, monkeypatch):
    bulk_courses(4)
    catch_up()
    before = index.live()
    monkeypatch.setattr("search.engines.generations.analysis_hash", lambda: "newer")
    with pytest.raises(EngineUnavailable):
        # This process made the index: another release has changed the rules since.
        catch_up()
    assert not upkeep.health().ok
    upkeep._checked.clear()
    catch_up()
    assert index.live() != before
    assert upkeep.health().ok


def test_a_rebuild_that_failed_is_not_tried_again_at_once(index, monkeypatch):
    bulk_courses(4)
    tried = []

    def fail(known=()):
        tried.append(known)
        raise EngineUnavailable("full")

    with monkeypatch.context() as patch:
        patch.setattr(index, "start_rebuild", fail)
        for _time in range(3):
            with pytest.raises(EngineUnavailable):
                catch_up()
    assert len(tried) == 1


def test_start_up_rebuilds_only_what_needs_it(index, capsys):
    bulk_courses(3)
    call_command("rebuild_search", if_needed=True)
    before = index.live()
    call_command("rebuild_search", if_needed=True)
    assert index.live() == before
    assert "up to date" in capsys.readouterr().out
    call_command("rebuild_search")
    assert index.live() != before


def test_documents_are_the_same_when_other_processes_analyse_them(index, monkeypatch):
    courses = bulk_courses(12, ("az", "en"))
    count = rebuild()
    alone = index.named(["kurs"], "az", 50)
    monkeypatch.setattr(analysing, "WORTH_IT", 0)
    assert rebuild() == count
    assert found() == keys(courses)
    assert index.named(["kurs"], "az", 50) == alone
