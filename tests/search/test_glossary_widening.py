"""The glossary widens a query: other words for it, in every language, whole phrases only."""

from __future__ import annotations

import pytest

from home.concepts.table import import_table
from search.engine import EngineQuery
from search.glossary import alternatives
from search.planning import find, parse

pytestmark = pytest.mark.django_db

TABLE = """code,area,az,az_synonyms,az_abbreviations,tr,en,ru,kk
legislation,law,qanun,qanunvericilik aktı,,yasa,statute,закон,заң
labour,law,əmək hüququ,iş hüququ,,iş hukuku,employment law,трудовое право,еңбек құқығы
government,e-government,elektron hökumət,,eH,e-devlet,digital state,электронная власть,
it-office,technology,İT şöbəsi,,,bilgi işlem,IT staff,айтишник,
artificial-mind,technology,süni intellekt,,AI,yapay zekâ,artificial mind,,
"""


@pytest.fixture(autouse=True)
def glossary(db):
    assert not import_table(TABLE.encode()).problems


def found(engine, text: str, language: str) -> list[str]:
    result = find(
        engine,
        text,
        EngineQuery(language=language),
        expand=lambda words: alternatives(words, language),
    ).result
    return [hit.key for hit in result.hits]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("yasa", "tr", "course:2"),
        ("statute", "en", "course:2"),
        ("заңдар", "kk", "course:2"),
        ("employment law", "en", "course:8"),
        ("трудового права", "ru", "course:8"),
        ("is huququ", "az", "course:8"),
        ("digital state", "en", "course:1"),
        ("eH", "az", "course:1"),
        ("yapay zeka", "tr", "course:9"),
    ],
)
def test_other_words_for_the_same_find_it_first(engine, text, language, first):
    assert found(engine, text, language)[:1] == [first]


def test_half_a_phrase_is_not_the_phrase(engine):
    assert "course:8" not in found(engine, "employment", "en")
    assert found(engine, "artificial statute", "en")[:1] != ["course:9"]


def test_the_rest_of_the_query_must_still_be_there(engine):
    assert found(engine, "statute civil service", "en")[:1] == ["course:2"]
    assert "course:8" not in found(engine, "statute civil service", "en")


def test_the_words_themselves_come_before_others_for_them(engine):
    hits = found(engine, "qanun", "az")
    assert hits[0] == "course:2"
    assert hits == found(engine, "qanun", "az")


def test_a_longer_term_hides_those_that_cut_it():
    words = parse("elektron hökumət").words
    spans = {(other.start, other.end) for other in alternatives(words, "az")}
    assert spans == {(0, 2)}


def test_a_stop_word_at_the_rim_belongs_to_the_term():
    assert alternatives(parse("IT staff").words, "en")
    assert not alternatives(parse("staff").words, "en")
    assert not alternatives(parse("the staff").words, "en")
