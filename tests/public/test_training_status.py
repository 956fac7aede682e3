"""The training status counts real runs, hides small numbers and can be taken into a spreadsheet."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.utils import timezone, translation
from lxml import html

from catalog.selectors import training_status as module
from catalog.selectors.training_status import training_status
from home.models import HomePage, StandardPage
from tests.factories import (
    LANGUAGES,
    make_centre,
    make_course,
    make_provider,
    make_run,
    make_session,
)
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 25, 12))


@pytest.fixture(autouse=True)
def site():
    install_site()


@pytest.fixture
def academy():
    return make_provider("academy", name={"az": "Akademiya", "en": "Academy"})


def held(provider, start=(2026, 5, 5), taken=10, seats=20, centre=None, sessions=0, **kwargs):
    """A run that began then; its course lasts two hours."""
    begin = timezone.make_aware(datetime(*start, 9))
    course = make_course(provider=provider, workload=120)
    mode = "classroom" if centre else "live_online"
    values = {"mode": mode, "start": begin, "end": begin + timedelta(days=3)} | kwargs
    values |= {"enrolment_start": None, "enrolment_end": None}
    run = make_run(course, seats=seats, seats_taken=taken, centre=centre, **values)
    for day in range(sessions):
        make_session(run, start=begin + timedelta(days=day))
    return run


def table(wanted="2026", language="en", now=NOW):
    """{(provider, region): figures} of a period."""
    with translation.override(language):
        status = training_status(wanted, language, now)
    return {
        (provider.code, row.region): row.figures
        for provider in status.providers
        for row in provider.rows
    }


def test_runs_sessions_seats_and_hours_are_added_up_by_provider_and_region(academy):
    ganja = make_centre("gence", region={"az": "Gəncə", "en": "Ganja"})
    held(academy, centre=ganja, taken=10, sessions=2)
    held(academy, centre=ganja, taken=20, sessions=1)
    held(academy, taken=300, seats=None)
    found = table()
    assert set(found) == {("academy", "Ganja"), ("academy", "Online")}
    here = found["academy", "Ganja"]
    assert (here.runs, here.sessions, here.seats) == (2, 3, 40)
    assert here.of_people == (30, 10, 60)
    online = found["academy", "Online"]
    assert (online.seats, online.taken, online.free) == (0, 300, 0)


def test_only_what_began_in_the_period_and_was_not_called_off_is_counted(academy):
    held(academy, start=(2026, 3, 31))
    held(academy, start=(2026, 4, 1))
    held(academy, start=(2025, 12, 31))
    held(academy, start=(2026, 12, 1))
    held(academy, cancelled=True)
    make_course({"az": "Qaralama"}, live=False, provider=academy)

    def runs(wanted):
        return sum(figures.runs for figures in table(wanted).values())

    assert [runs("2026"), runs("2026-q1"), runs("2026-q2"), runs("2025")] == [2, 1, 1, 1]
    later = NOW + timedelta(days=10)
    assert table("2026", now=later)["academy", "Online"].runs == 3


def test_few_people_are_neither_shown_nor_added(academy):
    other = make_provider("institute")
    held(academy, taken=4)
    held(other, taken=30)
    figures = table()["academy", "Online"]
    assert figures.of_people == (None, None, None)
    assert figures.seats == 20
    assert training_status("2026", "en", NOW).total.taken == 30


def test_a_year_tells_nothing_that_its_quarters_hide(academy):
    held(academy, start=(2026, 2, 2), taken=3)
    held(academy, start=(2026, 5, 5), taken=30)
    assert table("2026-q1")["academy", "Online"].taken is None
    assert table("2026")["academy", "Online"].taken == 30
    assert table("2026")["academy", "Online"].runs == 2


@pytest.mark.parametrize("wanted", ["1999", "2026-q5", "abc", "٢٠٢٦", "2026-q1\x00", "9" * 300])
def test_an_unknown_period_is_answered_with_this_year_and_a_sentence(academy, wanted):
    held(academy)
    status = training_status(wanted, "en", NOW)
    assert status.period == "2026"
    assert status.note
    assert status.providers


def test_years_are_offered_back_to_the_first_run_but_not_for_ever(academy):
    held(academy, start=(2025, 6, 1))
    offered = [choice.value for choice in training_status("", "en", NOW).choices]
    assert offered[:2] == ["2026", "2026-q1"]
    assert offered[-1] == "2025-q4"
    held(academy, start=(2001, 6, 1))
    years = {choice.value[:4] for choice in training_status("", "en", NOW).choices}
    assert len(years) == module.YEARS


@pytest.fixture
def page(academy):
    """The path of a page with the table in Azerbaijani."""
    held(academy, start=(timezone.localdate().year, 1, 1), taken=1234, seats=5000)
    home = HomePage.objects.get(locale__language_code="az")
    page = StandardPage(title="Vəziyyət", slug="veziyyet", locale=home.locale)
    page.body = [("training_status", None), ("framework", None)]
    home.add_child(instance=page)
    return "/az/veziyyet/"


def test_the_table_on_a_page_has_a_caption_and_headers_and_numbers_as_people_write_them(
    client, page
):
    found = html.fromstring(client.get(page).content)
    (shown,) = found.xpath("//section[@id='status']//table")
    assert str(timezone.localdate().year) in shown.xpath("string(caption)")
    assert len(shown.xpath("thead//th[@scope='col']")) == 7
    assert [th.get("scope") for th in shown.xpath("tbody/tr/th")] == ["rowgroup", "row"]
    assert "1.234" in shown.xpath("string(tbody)")
    chosen = found.xpath("//select[@name='period']/option[@selected]/@value")
    assert chosen == [str(timezone.localdate().year)]


def test_a_page_of_one_period_is_kept_and_an_unknown_one_is_no_error(client, page):
    year = timezone.localdate().year
    assert client.get(f"{page}?period={year}-q1").context is not None
    assert client.get(f"{page}?period={year}-q1").context is None
    answer = client.get(f"{page}?period=%00")
    assert answer.status_code == 200
    assert "note--alert" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_the_same_figures(client, page, language):
    year = timezone.localdate().year
    answer = client.get(f"/{language}/training-status.csv?period={year}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f"training-status-{year}.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][0] == "academy"
    assert rows[1][4:] == ["1", "0", "5000", "1234", "3766", "2468"]


def test_a_spreadsheet_calculates_nothing_that_the_file_says(client, page, academy):
    academy.name = {"az": "=1+1", "en": "=1+1"}
    academy.save()
    text = client.get("/az/training-status.csv").content.decode("utf-8-sig")
    assert next(csv.reader(StringIO(text.splitlines()[1])))[1] == "'=1+1"


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_much_was_held(
    client, page, academy, count, django_assert_max_num_queries
):
    for number in range(count):
        held(academy, centre=make_centre(f"centre-{number}"), sessions=2)
    client.get(page)
    with django_assert_max_num_queries(16):
        client.get(f"{page}?fresh=1")
