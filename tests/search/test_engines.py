"""The contract that every engine keeps: filters, counts, order, writing, rebuilding."""

from dataclasses import replace

import pytest

from search.engine import EngineQuery, EngineUnavailable, IncompleteBuild, TextQuery
from search.planning import parse
from tests.search.indexes import fill
from tests.search.shelf import COURSE, SHELF, document


def numbers(engine, **question):
    result = engine.search(EngineQuery(**({"language": "az"} | question)))
    return [int(hit.key.partition(":")[2]) for hit in result.hits]


def strict(text) -> TextQuery:
    return parse(text).text()


def test_without_text_everything_is_listed_newest_first(engine):
    assert numbers(engine) == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_values_of_a_facet_widen_and_facets_narrow(engine):
    either = numbers(engine, filters={"kind": ("course", "video")})
    assert either == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert numbers(engine, filters={"kind": ("course",), "provider": ("gov-kz",)}) == [6, 5, 4]
    assert numbers(engine, filters={"kind": ("course",), "language": ("it",)}) == [5]
    assert numbers(engine, filters={"kind": ("cours",)}) == []
    assert numbers(engine, filters={"nonsense": ("x",)}) == []


def test_counts_of_a_facet_ignore_its_own_choice_only(engine):
    question = EngineQuery(
        language="az",
        filters={"kind": ("video",), "provider": ("gov-az",)},
        facets=("kind", "provider", "level", "unknown"),
    )
    result = engine.search(question)
    assert result.total == 3
    assert result.facets == {
        "kind": {"course": 3, "video": 3},
        "provider": {"gov-az": 3},
        "level": {"basic": 3},
        "unknown": {},
    }


def test_counts_heed_the_text_and_the_dates(engine):
    question = EngineQuery(
        language="az", text=strict("dövlət"), start_from=20_000, facets=("kind", "language")
    )
    assert engine.search(question).facets == {"kind": {"course": 1}, "language": {"az": 1, "ru": 1}}


def test_dates_include_both_ends_and_leave_out_what_has_none(engine):
    assert numbers(engine, start_from=20_700, start_to=20_800) == [3, 1]
    assert numbers(engine, start_from=20_701) == [4, 1]
    assert numbers(engine, start_to=20_700) == [3]


def test_sorted_by_start_what_has_no_date_comes_last(engine):
    assert numbers(engine, sort="start") == [3, 1, 4, 9, 8, 7, 6, 5, 2]


def test_sorted_by_title_the_readers_alphabet_rules(engine):
    # Dövlət, Elektron, Əmək, Python, Süni; then what has no Azerbaijani title.
    assert numbers(engine, sort="title")[:5] == [2, 1, 8, 3, 9]
    assert numbers(engine, sort="title", language="ru")[:2] == [7, 1]
    assert len(numbers(engine, sort="title", language="kk")) == 9


def test_text_can_be_sorted_too(engine):
    assert numbers(engine, text=strict("qanun"), sort="newest") == [8, 3, 2]


def test_pages_follow_each_other_without_gap_or_repetition(engine):
    everything = numbers(engine)
    pages = [numbers(engine, offset=offset, limit=4) for offset in (0, 4, 8, 12)]
    assert [number for page in pages for number in page] == everything
    assert numbers(engine, offset=10_000_000, limit=20) == []
    assert numbers(engine, limit=0) == []
    assert engine.search(EngineQuery(language="az", limit=0)).total == 9


def test_equal_scores_are_in_a_fixed_order(engine):
    assert numbers(engine, text=strict("-zzz")) == list(range(1, 10))


def test_of_equal_matches_the_one_that_starts_or_is_popular_comes_first(empty_engine):
    title = {"az": "Dövlət qulluğu"}
    known = document(3, title, start=20_000)
    known = replace(known, key="course:4", popularity=5000.0)
    plain = [document(number, title) for number in (1, 2)]
    fill(empty_engine, [*plain, document(3, title, start=20_000), known])
    assert numbers(empty_engine, text=strict("dövlət")) == [4, 3, 1, 2]


def test_of_equal_matches_the_newer_one_comes_first_and_a_better_match_before_it(empty_engine):
    old, new = (document(n, {"az": "Dövlət qulluğu"}, created=1_500_000_000 + n) for n in (1, 2))
    new = replace(new, created=1_790_000_000)
    only_text = document(3, {"az": "Etika"}, {"az": "Dövlət qulluğu"}, created=1_790_000_000)
    fill(empty_engine, [old, new, only_text])
    assert numbers(empty_engine, text=strict("dövlət qulluğu")) == [2, 1, 3]


def test_an_engine_without_an_index_says_so(empty_engine):
    assert not empty_engine.health().ok
    with pytest.raises(EngineUnavailable):
        empty_engine.search(EngineQuery(language="az"))
    with pytest.raises(EngineUnavailable):
        empty_engine.count()


def test_a_change_does_not_make_an_index_that_has_nothing_else(empty_engine):
    with pytest.raises(EngineUnavailable):
        empty_engine.write(SHELF[:2], ["course:77"])
    assert not empty_engine.health().ok
    assert empty_engine.live() == ""


def test_writing_again_replaces_and_deleting_removes(empty_engine):
    fill(empty_engine, SHELF[:3])
    changed = document(1, {"az": "Bulud texnologiyaları"}, facets=COURSE)
    empty_engine.write([changed], ["course:2", "course:2"])
    assert numbers(empty_engine, text=strict("bulud")) == [1]
    assert numbers(empty_engine, text=strict("elektron")) == []
    assert numbers(empty_engine) == [3, 1]


def test_a_rebuild_is_seen_only_when_it_is_committed(empty_engine):
    fill(empty_engine, SHELF[:3])
    rebuild = empty_engine.start_rebuild()
    rebuild.write(SHELF[3:5])
    rebuild.write(SHELF[4:6])
    assert numbers(empty_engine) == [3, 2, 1]
    rebuild.commit(3)
    assert numbers(empty_engine) == [6, 5, 4]
    rebuild.abort()
    assert empty_engine.count() == 3


def test_an_aborted_rebuild_leaves_the_live_index(empty_engine):
    fill(empty_engine, SHELF[:3])
    rebuild = empty_engine.start_rebuild()
    rebuild.write(SHELF)
    rebuild.abort()
    rebuild.abort()
    assert empty_engine.count() == 3
    rebuild = empty_engine.start_rebuild()
    rebuild.commit(0)
    assert empty_engine.count() == 0


def test_an_index_of_another_analysis_is_not_well_but_answers(empty_engine, monkeypatch):
    fill(empty_engine, SHELF[:3])
    for module in ("generations", "elastic_mapping"):
        monkeypatch.setattr(f"search.engines.{module}.analysis_hash", lambda: "other")
    assert not empty_engine.health().ok
    assert numbers(empty_engine, text=strict("python")) == [3]


def test_an_index_has_a_name_that_no_other_has(empty_engine):
    names = {empty_engine.live()}
    for _time in range(3):
        fill(empty_engine, SHELF[:2])
        empty_engine.write(SHELF[2:3], [])
        names.add(empty_engine.live())
    assert len(names) == 4


def test_a_build_that_was_left_is_gone_on_with(empty_engine):
    first = empty_engine.start_rebuild()
    first.write(SHELF[:4])
    first.save()
    first.close()
    again = empty_engine.start_rebuild([first.name, "another"])
    assert again.name == first.name
    again.write(SHELF[3:6], deletes=["course:1"])
    again.commit(5)
    assert numbers(empty_engine) == [6, 5, 4, 3, 2]
    assert empty_engine.live() == first.name


def test_a_build_that_nobody_knows_is_thrown_away(empty_engine):
    first = empty_engine.start_rebuild()
    first.write(SHELF[:4])
    first.save()
    first.close()
    again = empty_engine.start_rebuild(["another"])
    assert again.name != first.name
    again.commit(0)
    assert empty_engine.count() == 0
    assert empty_engine.start_rebuild([first.name]).name != first.name


def test_a_build_of_another_analysis_is_not_gone_on_with(empty_engine, monkeypatch):
    first = empty_engine.start_rebuild()
    first.write(SHELF[:4])
    first.save()
    first.close()
    for module in ("generations", "elastic_mapping"):
        monkeypatch.setattr(f"search.engines.{module}.analysis_hash", lambda: "other")
    assert empty_engine.start_rebuild([first.name]).name != first.name


def test_documents_that_got_lost_stop_the_switch(empty_engine):
    fill(empty_engine, SHELF[:3])
    build = empty_engine.start_rebuild()
    build.write(SHELF)
    with pytest.raises(IncompleteBuild):
        build.commit(len(SHELF) + 1)
    build.abort()
    assert empty_engine.count() == 3
