"""A search address is hostile until read: whatever stands in it, a search comes out."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.params import FACETS, MAX_PAGE, MAX_QUERY, SearchParams


def read(query: str) -> SearchParams:
    return SearchParams.read(QueryDict(query))


@given(st.text(max_size=300), st.text(max_size=12), st.text(max_size=12))
def test_any_text_can_be_asked_and_its_address_reads_back_the_same(text, value, page):
    params = read(urlencode({"q": text, "subject": value, "page": page, "sort": value}))
    assert len(params.query) <= MAX_QUERY
    assert read(params.address(page=params.page or 1)[1:]).query == params.query
    assert 0 <= params.page <= MAX_PAGE


@given(st.binary(max_size=200))
def test_any_bytes_can_be_asked(raw):
    read(raw.decode("latin-1"))


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "1e3", "٣", "", "one", "501"])
def test_a_page_that_cannot_be_is_told_apart(page):
    assert read(urlencode({"page": page})).page == 0


def test_control_characters_become_spaces_and_a_long_query_is_cut():
    params = read(urlencode({"q": "e-hökumət\x00\x1b\u202e" + "x" * 10_000}))
    assert params.was_cut
    assert len(params.query) == MAX_QUERY
    assert params.query.startswith("e-hökumət x")


def test_unknown_filters_and_odd_values_are_left_out():
    params = read("planet=mars&subject=law&subject=../etc&subject=%3Cscript%3E&starts=8&sort=price")
    assert params.filters == {"subject": ("law",)}
    assert params.starts == ""
    assert params.sort == "relevance"


def test_an_address_holds_the_whole_state_and_nothing_else():
    params = read("q=hüquq&subject=law&subject=audit&level=advanced&sort=start&page=3&utm=x")
    assert params.address(page=3) == (
        "?"
        + urlencode({"q": "hüquq"})
        + "&subject=audit&subject=law&level=advanced&sort=start&page=3"
    )


def test_taking_a_filter_off_goes_back_to_the_first_page():
    params = read("q=a&subject=law&subject=audit&page=4")
    assert params.without("subject", "law") == "?q=a&subject=audit"


def test_every_filter_of_the_page_can_be_read():
    params = read("&".join(f"{name}=x" for name in FACETS))
    assert set(params.filters) == set(FACETS)
