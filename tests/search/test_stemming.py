"""Inflected forms of a word meet; different words stay apart."""

import pytest

from search.analysis import analyse_words, tokens
from tests.search.stems import apart, recall, stem_of


def stems(text, language):
    return [token.text for token in tokens(text, language)]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("az", "təlim təlimi təlimin təlimlər təlimlərin TƏLİMLƏRİNDƏ telimleri"),
        ("az", "qanun qanunlar qanununda qanunlarımızdan"),
        ("az", "idarə idarələr idarəsində"),
        ("tr", "eğitim eğitimi eğitimler Eğitimlerden EGITIMLERIN"),
        ("en", "manager managers MANAGER manager's"),
        ("ru", "управление управления управлением УПРАВЛЕНИЮ"),
        ("kk", "қызметкер қызметкерлер қызметкерлердің кызметкерге"),
        ("az", "kompüter kompüterim kompüterimə kompüterimdən kompüterlərimizi"),
        ("tr", "şifre şifrem şifremi şifremden şifrelerim"),
        ("kk", "құжат құжатым құжатыма құжатымды құжаттарымды"),
    ],
)
def test_forms_of_one_word_have_one_stem(language, forms):
    assert len(set(stems(forms, language))) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("az", "qanun qan insan ad adam"),
        ("tr", "kurum kurul katılım katkı"),
        ("kk", "білім бала адам ада"),
        ("en", "university universal"),
    ],
)
def test_different_words_keep_different_stems(language, words):
    found = stems(words, language)
    assert len(set(found)) == len(words.split())


@pytest.mark.parametrize(("language", "least"), [("az", 150), ("tr", 80), ("kk", 150)])
def test_forms_of_many_words_reach_the_stem_of_their_dictionary_form(language, least):
    found = recall("groups", language)
    assert found.groups >= least
    assert found.share >= 0.99, found.parted


@pytest.mark.parametrize("language", ["az", "tr", "kk"])
def test_words_the_rules_were_not_made_for_do_too(language):
    found = recall("unseen", language)
    assert found.groups >= 80
    assert found.share >= 0.93, found.parted


def test_words_that_only_look_alike_stay_apart():
    pairs = apart()
    assert len(pairs) >= 60
    merged = [(a, b) for language, a, b in pairs if stem_of(a, language) == stem_of(b, language)]
    assert merged == []


def test_text_in_another_language_is_only_folded():
    assert stems("Diritto dell’Unione Città", "it") == ["diritto", "unione", "citta"]


def test_stop_words_leave_a_gap():
    assert [(t.text, t.position) for t in tokens("qanun və insan", "az")] == [
        ("qanun", 0),
        ("insan", 2),
    ]


def test_programming_languages_and_numbers_are_words():
    assert stems("C++, C# və Python 3.11", "az") == ["c++", "c#", "python", "3.11"]


def test_azerbaijani_in_cyrillic_meets_azerbaijani_in_latin():
    assert stems("Дөвләт гуллуғу", "az") == stems("Dövlət qulluğu", "az")


def test_latin_spellings_of_cyrillic_words_share_a_skeleton():
    typed, written = analyse_words("upravleniya")[0], analyse_words("управление")[0]
    assert set(typed.skeletons) & set(written.skeletons)


def test_offsets_point_into_the_text_as_it_was_given():
    text = "Kita\u00adblar №5 ﬁnal Şə\u0301ki"
    assert [text[t.start : t.end] for t in tokens(text, "az")] == text.split()
