"""Titles sort as a dictionary of their language sorts them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.languages.collation import sort_key


def ordered(titles, language):
    shuffled = random.Random(5).sample(titles, len(titles))
    return sorted(shuffled, key=lambda title: sort_key(title, language))


@pytest.mark.parametrize(
    ("language", "alphabet"),
    [
        ("az", "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"),
        ("tr", "abcçdefgğhıijklmnoöprsştuüvyz"),
        ("en", "abcdefghijklmnopqrstuvwxyz"),
        ("ru", "абвгдежзийклмнопрстуфхцчшщъыьэюя"),
        ("kk", "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"),
    ],
)
def test_letters_come_in_the_order_of_the_alphabet(language, alphabet):
    assert ordered(list(alphabet), language) == list(alphabet)


def test_azerbaijani_titles_are_in_azerbaijani_order():
    titles = ["Elm", "Əmək", "Fəlsəfə", "Xəritə", "Idman", "İdarə", "Qanun", "Layihə"]
    assert ordered(titles, "az") == titles


def test_capitals_and_accents_do_not_part_words():
    assert ordered(["Ёж", "ежи", "ёлка", "Ель"], "ru") == ["Ёж", "ежи", "ёлка", "Ель"]
    assert ordered(["café", "Cafe society", "cage"], "en") == ["café", "Cafe society", "cage"]


def test_numbers_sort_by_value_and_short_titles_before_longer_ones():
    titles = ["Modul", "Modul 2", "Modul 10", "Modul A"]
    assert ordered(titles, "az") == titles


def test_the_readers_own_script_comes_first():
    assert ordered(["Экономика", "Economy"], "ru") == ["Экономика", "Economy"]
    assert ordered(["Экономика", "Economy"], "en") == ["Economy", "Экономика"]


@given(st.text(), st.sampled_from(["az", "tr", "en", "ru", "kk", "it"]))
def test_any_text_has_a_key(text, language):
    assert isinstance(sort_key(text, language), str)
