"""Whatever is typed, a search comes out of it: no text is an error of either engine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import EngineQuery, EngineResult
from search.glossary import alternatives
from search.planning import find

OPERATORS = "+-&|!(){}[]^\"'~*?:\\/<>=@#$%,.;`“”«»„"
UNSEEN = "\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u0301\x00\x1b\ud7ff"
WORDS = ["qanun", "elektron", "İ", "ı", "ß", "ﬁ", "курс", "қазақ", "C++", "EGOV-101", "AND", "OR"]

SHAPES = [
    *OPERATORS,
    *(character * 50 for character in OPERATORS),
    *UNSEEN,
    '"', '""', '"qanun', 'qanun"', '-"qanun', "-", "--", '-""', "“qanun", "«»",
    "title:(a AND b)~2^4 OR *:*", "qanun~2", "qan*", "/.*/", "[a TO z]", "{!func}x",
    "' OR 1=1; --", "'; DROP TABLE search; --", "%' UNION SELECT 1 --",
    "<script>alert(1)</script>", "{{ 7 * 7 }}", "${jndi:ldap://x}", "../../etc/passwd",
    "😀", "👩‍👩‍👧‍👦 qanun", "\u202equnaq", "q\u200ba\u200bn\u200bu\u200bn", "٣٤٥", "１２３",
    "x" * 10_000, "qanun " * 2_000, "ə" * 10_000, "\u0301" * 10_000, '"' * 10_000, "-a" * 5_000,
]  # fmt: skip


def answered(engine, text: str) -> EngineResult:
    return find(engine, text, EngineQuery(language="az", facets=("kind",))).result


@pytest.mark.parametrize("text", SHAPES, ids=lambda text: repr(text[:20]))
def test_every_odd_shape_is_answered(engine, text):
    found = answered(engine, text)
    assert 0 <= len(found.hits) <= 20
    assert found.total >= len(found.hits)


@given(st.lists(st.sampled_from([*WORDS, *OPERATORS, *UNSEEN, " "]), max_size=25).map("".join))
@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_operators_among_words_are_answered(engine, text):
    assert answered(engine, text).total >= 0


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None, database=None)
def test_any_text_at_all_is_answered(engine, text):
    assert answered(engine, text).total >= 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["IT", "we", "и", "-", '"', "qanun " * 30])
def test_any_words_may_be_looked_up_in_the_glossary(text):
    from search.planning import parse

    assert isinstance(alternatives(parse(text).words, "az"), tuple)
