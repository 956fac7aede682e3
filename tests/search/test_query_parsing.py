"""Anything may be typed into the search box."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import EngineQuery
from search.planning import find, parse
from search.planning.parsing import MOST_WORDS


def words(found):
    return [word.folded for word in found]


def test_words_phrases_and_exclusions_are_told_apart():
    parsed = parse('Dövlət «elektron hökumət» -vergi -"əmək haqqı" qulluğu')
    assert words(parsed.words) == ["dovlet", "qullugu"]
    assert [words(phrase) for phrase in parsed.phrases] == [["elektron", "hokumet"]]
    assert [words(out) for out in parsed.excluded] == [["vergi"], ["emek", "haqqi"]]


@pytest.mark.parametrize("typed", ["e-government", "EGOV-101", "a - b", "-", "--", "5-6"])
def test_a_hyphen_inside_or_alone_excludes_nothing(typed):
    assert parse(typed).excluded == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("EGOV-101", ("EGOV101",)),
        ("egov101", ("EGOV101",)),
        ("egov 101", ("EGOV101",)),
        ("kurs PY-3 nədir", ("PY3",)),
        ("python", ()),
        ("2024", ()),
        ("C++", ()),
    ],
)
def test_course_codes_are_recognised(typed, codes):
    assert parse(typed).codes == codes


def test_unbalanced_quotation_marks_are_read_as_nothing():
    assert words(parse('"dövlət qulluğu').words) == ["dovlet", "qullugu"]
    assert parse('""').is_empty


def test_control_characters_part_words_and_soft_hyphens_do_not():
    assert words(parse("ver\x00gi\u2028haqqı kita\u00adbı").words) == [
        "ver",
        "gi",
        "haqqi",
        "kitabi",
    ]


def test_long_queries_are_cut():
    assert len(parse("söz " * 500).words) == MOST_WORDS
    assert len(words(parse("ə" * 10_000).words)[0]) <= 200


@given(st.text())
def test_no_text_breaks_the_parser(text):
    assert len(parse(text).words) <= MOST_WORDS


@settings(deadline=None)
@given(st.text(alphabet="aə\"-«» +#.'0123Iiк\u0301*:()[]/\\?~^", max_size=30))
def test_no_text_breaks_the_engine(engine, text):
    found = find(engine, text, EngineQuery(language="az", facets=("kind",)))
    assert found.result.total >= len(found.result.hits)
