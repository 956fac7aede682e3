"""Single values of an import file, as people write them, and whatever else may stand there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.mapping import Mapping
from catalog.importing.rows import Known, plan
from catalog.importing.values import BadValue, minutes, moment

BAKU = ZoneInfo("Asia/Baku")
NOTHING = Known({"p": 1}, {}, {}, {}, {}, {}, {})


@pytest.mark.parametrize(
    "written",
    [
        "2027-03-14",
        "14.03.2027",
        "14/03/2027",
        "14 mart 2027",
        "14 Mart 2027",
        "14 MART 2027",
        "14 March 2027",
        "14 марта 2027 г.",
        "14 наурыз 2027",
        " 14  mart  2027 ",
    ],
)
def test_one_day_written_in_many_ways(written):
    assert moment(written, BAKU) == datetime(2027, 3, 14, tzinfo=BAKU)


@pytest.mark.parametrize(
    "written", ["14.03.2027 10:30", "2027-03-14T10:30", "14 mart 2027, 10:30", "14 mart 2027 10.30"]
)
def test_a_time_may_follow(written):
    assert moment(written, BAKU) == datetime(2027, 3, 14, 10, 30, tzinfo=BAKU)


@pytest.mark.parametrize("month", ["şubat", "Şubat", "ŞUBAT", "fevral", "ақпан", "февраля"])
def test_the_second_month_in_every_language(month):
    assert moment(f"5 {month} 2027", BAKU).month == 2


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader_of_dates(text):
    try:
        value = moment(text, BAKU)
    except BadValue:
        return
    assert value is None or value.tzinfo is BAKU


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_workloads(text):
    try:
        value = minutes(text)
    except BadValue:
        return
    assert value is None or value >= 0


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200) | st.none() | st.integers()))
def test_any_row_gets_a_verdict(row):
    ours = Mapping(source="any").apply(row)
    assert plan(ours, NOTHING).problems


@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=300))
def test_a_plan_is_the_same_each_time(title, code, summary):
    row = {"title_az": title, "code": code, "summary_az": summary, "provider": "p"}
    assert plan(row, NOTHING).digest() == plan(dict(row), NOTHING).digest()
