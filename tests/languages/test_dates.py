"""Dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from home.languages.dates import (
    last_day,
    written_day,
    written_days,
    written_month,
    written_time,
    written_weekday,
    zone_note,
)
from home.languages.lists import written_list


def plain(words: str) -> str:
    """Without the narrow space that keeps "2026 г." together."""
    return words.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "day", "week", "months", "years"),
    [
        ("az", "14 mart 2026", "14–18 mart 2026", "30 mart – 2 aprel 2026", "30 dekabr 2026 – "),
        ("tr", "14 Mart 2026", "14–18 Mart 2026", "30 Mart – 2 Nisan 2026", "30 Aralık 2026 – "),
        ("en", "14 March 2026", "14–18 March 2026", "30 March – 2 April 2026", "30 December 2026"),
        ("ru", "14 марта 2026 г.", "14–18 марта 2026 г.", "30 марта – 2 апреля 2026 г.", "30 дека"),
        ("kk", "2026 ж. 14 наурыз", "2026 ж. 14–18 наурыз", "2026 ж. 30 наурыз – 2 сәуір", "2026"),
    ],
)
def test_days_and_spans_of_days(language, day, week, months, years):
    with translation.override(language):
        assert plain(written_day(date(2026, 3, 14))) == day
        assert plain(written_days(date(2026, 3, 14), date(2026, 3, 14))) == day
        assert plain(written_days(date(2026, 3, 14), date(2026, 3, 18))) == week
        assert plain(written_days(date(2026, 3, 30), date(2026, 4, 2))) == months
        assert plain(written_days(date(2026, 12, 30), date(2027, 1, 2))).startswith(years)


def test_what_ends_at_midnight_ended_the_day_before():
    midnight = datetime(2026, 3, 14, 20, tzinfo=UTC)
    with translation.override("az"):
        assert written_day(midnight) == "15 mart 2026"
        assert written_day(last_day(midnight)) == "14 mart 2026"


def test_moments_are_read_on_the_clocks_of_their_place():
    moment = datetime(2026, 3, 14, 20, 30, tzinfo=UTC)
    assert written_time(moment) == "00:30"
    assert written_time(moment, "Europe/Istanbul") == "23:30"
    with translation.override("az"):
        assert written_weekday(moment, "Europe/Istanbul") == "şənbə, 14 mart"
        assert written_month(moment.date()) == "mart 2026"


def test_a_time_zone_is_named_where_it_is_not_that_of_most_readers():
    with translation.override("az"):
        assert zone_note() == ""
        assert "Almatı" in zone_note("Asia/Almaty")
    with translation.override("kk"):
        assert zone_note("Asia/Almaty") == ""
        assert "Баку" in zone_note()
    with translation.override("en"):
        assert zone_note("Europe/Istanbul") == "Istanbul time"
        assert zone_note("no/where") == "Baku time"


def test_names_are_joined_as_the_language_does():
    with translation.override("az"):
        assert written_list(["Bakı", "Gəncə", "Şəki"]) == "Bakı, Gəncə və Şəki"
    with translation.override("en"):
        assert written_list(["Baku", "Ganja", "Sheki"]) == "Baku, Ganja and Sheki"
        assert written_list([]) == ""
