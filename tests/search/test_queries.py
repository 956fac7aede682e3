"""What a visitor types finds what a visitor means, the same in every engine."""

import pytest

from search.engine import EngineQuery
from search.query import find


def numbers(engine, text, language="az", **question):
    found = find(engine, text, EngineQuery(language=language, **question))
    return [int(hit.key.partition(":")[2]) for hit in found.result.hits], found.step


FIRST = [
    ("Elektron hökumətin əsasları", "az", 1, ""),
    ("elektron hokumet", "az", 1, ""),
    ("ELEKTRON HÖKUMƏTDƏ", "az", 1, ""),
    ("основы правительства", "ru", 1, ""),
    ("qanunlar", "az", 2, ""),
    ("Дөвләт гуллуғу", "az", 2, ""),
    ("EGOV-101", "az", 1, ""),
    ("egov101", "tr", 1, ""),
    ("egov 101", "en", 1, ""),
    ("C++", "az", 3, ""),
    ("AI", "az", 9, ""),
    ("managers", "en", 6, ""),
    ("manager’s", "en", 6, ""),
    ("yonetimi iletisimi", "tr", 6, ""),
    ("қызметшілер", "kk", 4, ""),
    ("кызметшилерге казак тили", "kk", 4, ""),
    ("unione europea", "az", 5, ""),
    ('"public administration"', "en", 7, ""),
    ("proqramlaşd", "az", 3, "prefix"),
    ("python proq", "az", 3, "prefix"),
    ("egov", "az", 1, "prefix"),
    ("gosudarstvennogo upravleniya", "ru", 7, "skeleton"),
    ("qazaq tili", "kk", 4, "skeleton"),
    ("elektron hökumət kvant", "az", 1, "relaxed"),
    ("dövlət qulluğu kvant fizika", "az", 2, "relaxed"),
]


@pytest.mark.parametrize(("text", "language", "first", "step"), FIRST)
def test_the_right_course_comes_first(engine, text, language, first, step):
    found, used = numbers(engine, text, language)
    assert (found[:1], used) == ([first], step)


@pytest.mark.parametrize("text", ["kvant", "zzzz qqqq", '"qanun dövlət"', "дифференциал"])
def test_what_is_not_there_is_not_found(engine, text):
    assert numbers(engine, text)[0] == []


def test_titles_count_more_than_bodies(engine):
    assert numbers(engine, "qanun")[0] == [2, 8, 3]


def test_the_readers_language_comes_first_when_two_match(engine):
    assert numbers(engine, "python", "en")[0] == [3]
    assert set(numbers(engine, "dövlət")[0]) == {1, 2, 9}


def test_a_phrase_must_stand_as_it_is(engine):
    assert numbers(engine, '"dövlət qulluğu"')[0] == [2]
    assert numbers(engine, "«qulluğu dövlət»")[0] == []


def test_a_phrase_may_hold_a_stop_word(engine):
    assert numbers(engine, '"qulluğu haqqında qanun"')[0] == [2]


def test_excluded_words_and_phrases_do_not_occur(engine):
    assert numbers(engine, "qanun -texnika")[0] == [2, 8]
    assert numbers(engine, 'qanun -"dövlət qulluğu"')[0] == [8, 3]
    assert 3 not in numbers(engine, "-python")[0]
    assert len(numbers(engine, "-python")[0]) == 8


def test_a_code_comes_before_words_that_contain_it(engine):
    found, _step = numbers(engine, "EGOV-102 hökumət")
    assert found[0] == 2


def test_only_the_wanted_type_is_found(engine):
    assert numbers(engine, "mülki")[0] == []
    assert numbers(engine, "mülki", types=("page",))[0] == [10]
    assert numbers(engine, "mülki", types=())[0] == [10]
