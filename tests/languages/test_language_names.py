"""Language codes are checked and named for the reader."""

import pytest

from home.languages.casing import capitalise, lower, upper
from home.languages.facts import FACTS, LANGUAGES, is_language_code, language_name, own_name


@pytest.mark.parametrize("code", ["az", "kk", "it", "fr", "la", "az-Cyrl", "kk-Latn", "fr-CA"])
def test_codes_of_real_languages_are_accepted(code):
    assert is_language_code(code)


@pytest.mark.parametrize(
    "code", ["", "qq", "az-cyrl", "AZ", "az_AZ", "und", "az-Qqqq", "it\n", "../it", "az-Latn-XX"]
)
def test_anything_else_is_refused(code):
    assert not is_language_code(code)


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("it", "az", "İtalyan"),
        ("it", "tr", "İtalyanca"),
        ("it", "ru", "Итальянский"),
        ("az-Cyrl", "en", "Azerbaijani (Cyrillic)"),
        ("kk-Latn", "kk", "Қазақ тілі (латын жазуы)"),
        ("zz9", "en", "zz9"),
    ],
)
def test_a_language_is_named_in_the_readers_language(code, reader, name):
    assert language_name(code, reader) == name


def test_every_portal_language_has_its_own_name_in_its_own_script():
    assert LANGUAGES == ("az", "tr", "en", "ru", "kk")
    assert own_name("kk") == "Қазақша"
    assert own_name("it") == "Italiano"
    assert {FACTS[code].script for code in ("ru", "kk")} == {"Cyrl"}
    assert FACTS["az"].og_locale == "az_AZ"


def test_dotted_and_dotless_i_stay_apart_in_azerbaijani_and_turkish():
    assert upper("işıq", "az") == "İŞIQ"
    assert lower("IŞIK İŞİ", "tr") == "ışık işi"
    assert lower("IT", "en") == "it"
    assert capitalise("ingilis dili", "az") == "İngilis dili"
