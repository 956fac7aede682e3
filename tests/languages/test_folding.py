"""Every way of typing a word folds to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.languages.folding import azerbaijani_latin, fold, fold_text, normalise, skeleton


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("İDARƏÇİLİYİ", "idareciliyi"),
        ("idarəçiliyi", "idareciliyi"),
        ("dövlät", "dovlet"),
        ("IŞIK", "isik"),
        ("ISTANBUL", "istanbul"),
        ("Қазақстан", "казакстан"),
        ("Ёлка", "елка"),
        ("Crème", "creme"),
    ],
)
def test_case_and_diacritics_disappear(typed, folded):
    assert fold(typed) == folded


def test_text_folds_word_by_word():
    assert fold_text("  Şəki  Қала ") == "seki кала"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("қазақ", "qazaq"),
        ("қазақ", "kazak"),
        ("управление", "upravlenie"),
        ("бюджет", "biudjet"),
        ("Дәулет", "däwlet"),
    ],
)
def test_scripts_meet_in_the_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_azerbaijani_cyrillic_is_read_letter_by_letter():
    assert azerbaijani_latin("Дөвләт гуллуғу") == "dövlət qulluğu"
    assert azerbaijani_latin("Dövlət") == "Dövlət"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = fold(normalise(text))
    assert fold(once) == once
