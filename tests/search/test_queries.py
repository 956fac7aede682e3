"""What a visitor types finds what a visitor means, the same in every engine."""

import pytest

from search.engine import EngineQuery
from search.planning import find


def numbers(engine, text, language="az", **question):
    found = find(engine, text, EngineQuery(language=language, **question))
    return [int(hit.key.partition(":")[2]) for hit in found.result.hits], found.step


FIRST = [
    ("Elektron hökumətin əsasları", "az", 1, "strict"),
    ("elektron hokumet", "az", 1, "strict"),
    ("ELEKTRON HÖKUMƏTDƏ", "az", 1, "strict"),
    ("основы правительства", "ru", 1, "strict"),
    ("qanunlar", "az", 2, "strict"),
    ("Дөвләт гуллуғу", "az", 2, "strict"),
    ("EGOV-101", "az", 1, "strict"),
    ("egov101", "tr", 1, "strict"),
    ("egov 101", "en", 1, "strict"),
    ("C++", "az", 3, "strict"),
    ("AI", "az", 9, "strict"),
    ("managers", "en", 6, "strict"),
    ("manager’s", "en", 6, "strict"),
    ("yonetimi iletisimi", "tr", 6, "strict"),
    ("қызметшілер", "kk", 4, "strict"),
    ("кызметшилерге казак тили", "kk", 4, "strict"),
    ("unione europea", "az", 5, "strict"),
    ('"public administration"', "en", 7, "strict"),
    ("proqramlaşd", "az", 3, "prefix"),
    ("python proq", "az", 3, "prefix"),
    ("egov", "az", 1, "prefix"),
    ("gosudarstvennogo upravleniya", "ru", 7, "alphabet"),
    ("qazaq tili", "kk", 4, "alphabet"),
    ("kurs ob upravlenii gosudarstvom", "ru", 7, "alphabet"),
    ("proqramlaşdırma 2031", "az", 3, "relaxed"),
    ("proqramlaşdırmanı itirdim", "az", 3, "relaxed"),
    ("ujcelfhcndtyyjt", "ru", 7, "keyboard"),
    ("знерщт", "az", 3, "keyboard"),
    ("0fpf0 n3k3", "kk", 4, "keyboard"),
    ("elekton hokumet", "az", 1, "spelling"),
    ("dovlet qulugu", "az", 2, "spelling"),
    ("dövlətqulluğu", "az", 2, "spelling"),
    ("pyhton", "en", 3, "spelling"),
    ("comunication", "en", 6, "spelling"),
    ("упровление", "ru", 7, "spelling"),
    ("кызмтшилер", "kk", 4, "spelling"),
    ("upravlenye", "ru", 7, "alphabet"),
    ("elektron hökumət kvant", "az", 1, "relaxed"),
    ("dövlət qulluğu kvant", "az", 2, "relaxed"),
]


@pytest.mark.parametrize(("text", "language", "first", "step"), FIRST)
def test_the_right_course_comes_first(engine, text, language, first, step):
    found, used = numbers(engine, text, language)
    assert (found[:1], used) == ([first], step)


@pytest.mark.parametrize("text", ["kvant", "zzzz qqqq", '"qanun dövlət"', "дифференциал"])
def test_what_is_not_there_is_not_found(engine, text):
    assert numbers(engine, text)[0] == []


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("elekton hokumet", "elektron hokumet"), ("qanun", ""), ("знерщт", "python")],
)
def test_it_is_said_what_was_looked_for_instead(engine, text, read_as):
    found = find(engine, text, EngineQuery(language="az"))
    assert " ".join(word.folded for word in found.read_as) == read_as


def test_what_was_typed_can_be_insisted_on(engine):
    found = find(engine, "elekton hokumet", EngineQuery(language="az"), literal=True)
    assert (found.result.total, found.step) == (0, "strict")


def test_filters_that_leave_nothing_do_not_make_a_word_misspelt(engine):
    question = EngineQuery(language="az", filters={"kind": ("document",)})
    found = find(engine, "qanun", question)
    assert (found.result.total, found.step) == (0, "strict")


def test_words_that_say_little_are_not_enough(engine):
    assert numbers(engine, "dövlət kvant")[0] == []
    assert numbers(engine, "kvant fizika haqqında")[0] == []


def test_a_question_is_answered_by_what_it_asks_about(engine):
    assert numbers(engine, "Python proqramlaşdırma dili nədir", "az")[0] == [3]


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
