"""Results show the words that were asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import tokens
from search.engine import EngineQuery
from search.highlight import Marks, highlight
from search.planning import find


def marked(engine, query, text, language):
    found = find(engine, query, EngineQuery(language=language))
    return [part for part, is_match in highlight(text, language, found.marks) if is_match]


@pytest.mark.parametrize(
    ("query", "text", "language", "parts"),
    [
        ("qanunlar", "Qanun və qanunlarımız", "az", ["Qanun", "qanunlarımız"]),
        ("dovlet", "DÖVLƏT qulluğu", "az", ["DÖVLƏT"]),
        ('"dövlət qulluğu"', "Dövlət qulluğu haqqında", "az", ["Dövlət", "qulluğu"]),
        ("proqramlaşd", "Python proqramlaşdırma dili", "az", ["proqramlaşdırma"]),
        ("qazaq tili", "Қазақ тілі", "kk", ["Қазақ", "тілі"]),
        ("ai", "AI in government", "en", ["AI"]),
        ("zzz", "Qanun", "az", []),
        ("", "Qanun", "az", []),
    ],
)
def test_matching_words_are_marked_as_they_are_written(engine, query, text, language, parts):
    assert marked(engine, query, text, language) == parts


@given(st.text(), st.sampled_from(["az", "tr", "en", "ru", "kk", "it"]))
def test_segments_joined_are_the_text(text, language):
    marks = Marks(frozenset({"a", "b", "c"}), beginning="a", skeletons=frozenset({"s"}))
    assert "".join(part for part, _is_match in highlight(text, language, marks)) == text


@pytest.mark.parametrize("language", ["az", "tr", "en", "ru", "kk"])
def test_every_inflected_form_of_real_text_is_marked(language, settings):
    text = (settings.BASE_DIR / "tests" / "data" / "ntrex" / f"{language}.txt").read_text()
    for line in text.splitlines()[:60]:
        own = {token.text for token in tokens(line, language)}
        marks = Marks(frozenset(own))
        spans = [part for part, is_match in highlight(line, language, marks) if is_match]
        assert len(spans) == len(tokens(line, language))
