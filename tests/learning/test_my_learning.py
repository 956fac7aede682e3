"""Whoever asked for places sees how each stands, what comes next and how far they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.connections.services import platform
from catalog.enrolment.models import Enrolment
from catalog.lms.lti.stores import LineItem, Score
from portal.learning.models import Progress
from portal.learning.reading import EVERY, read_progress
from tests.factories import make_connection, make_course, make_run, make_session, make_user
from tests.lms.lti_world import lti_world

HOME = "/en/my-learning/"


def the_row(there):
    return next(row for key, row in there.site.rows.items() if key[2] == "manual")


def test_strangers_sign_in_first_and_come_back(client):
    answer = client.get(HOME)
    assert answer.status_code == 302
    assert "next=/en/my-learning/" in answer["Location"]


def test_who_has_asked_for_nothing_is_led_to_the_courses(at_home):
    page = at_home.get(HOME).content.decode()
    assert "You have not asked for a place" in page
    assert "/en/search/" in page


def test_a_place_is_shown_with_its_next_date_and_the_way_in(at_home, placed, there):
    soon = timezone.now() + timedelta(days=2)
    make_session(placed.run, start=soon, end=soon + timedelta(hours=2))
    answer = at_home.get(HOME)
    (item,) = answer.context["learning"].current
    assert item.next == soon
    link = f"/en/enrol/{placed.pk}/go/"
    assert f'href="{link}"' in answer.content.decode()
    assert at_home.get(link)["Location"].startswith(there.site.root)
    assert "no-store" in answer["Cache-Control"]


def test_what_waits_has_no_way_in(at_home, person, run, ask):
    ask(person, run)
    (item,) = at_home.get(HOME).context["learning"].current
    assert (item.may_enter, item.state.tone) == (False, "waiting")


def test_people_see_only_their_own(client, placed):
    client.force_login(make_user())
    assert client.get(HOME).context["learning"].is_empty


def test_progress_and_grade_are_read_from_the_lms(at_home, placed, there):
    row = the_row(there)
    row.progress, row.grade = 40.0, 77.5
    assert read_progress() == 1
    (item,) = at_home.get(HOME).context["learning"].current
    assert (item.percent, item.grade) == (40, "77.5 of 100")
    row.progress, row.completed_at = 100.0, 1_780_000_000
    assert read_progress() == 0
    assert read_progress(timezone.now() + EVERY) == 1
    (item,) = at_home.get(HOME).context["learning"].over
    assert item.percent == 100


def test_a_grade_that_a_tool_sends_shows_at_once(at_home, person, ask, carrier):
    with lti_world() as world:
        tool = make_connection(code="tool", kind="lti", options=world.options)
        course = make_course({"en": "Tool"}, audience="everyone", lms=tool, lms_key="uuid-42")
        ask(person, make_run(course))
        carrier.work(10)
        # Asked a moment ago, when there was nothing to tell: the usual round comes in hours.
        assert read_progress() == 1
        entry = platform().directory.entry_of("client-1", "uuid-42")
        column = platform().grades.add_line_item(entry, LineItem("Test", 50.0))
        for given, at in ((40.0, timezone.now()), (10.0, timezone.now() - EVERY)):
            score = Score(person.username, given, 50.0, True, True, at)
            platform().grades.put_score(entry, column, score)
    (item,) = at_home.get(HOME).context["learning"].over
    assert item.grade == "40 of 50"


@pytest.mark.parametrize(("language", "point"), [("en", "."), ("az", ","), ("ru", ",")])
def test_grades_are_short_and_written_as_in_the_language(language, point, at_home, placed):
    progress = Progress.objects.create(enrolment=placed, percent=40.4)
    for grade, words in ((77.5, "77.5"), (9.333333, "9.33"), (100.0, "100"), (0.0, "0")):
        progress.grade = grade
        progress.save()
        answer = at_home.get(f"/{language}/my-learning/")
        (item,) = answer.context["learning"].current
        assert item.grade == words.replace(".", point)
        assert 'value="40"' in answer.content.decode()


def test_what_needs_the_person_first_comes_first(at_home, person, run_of, ask, carrier):
    now = timezone.now()
    whens = {"later": 20, "tomorrow": 1, "running": -3}
    for title, days in whens.items():
        start = now + timedelta(days=days)
        facts = {"title": title}
        ask(person, run_of(course=facts, start=start, end=start + timedelta(days=30)))
    carrier.work(10)
    ask(person, run_of(course={"title": "waits, without a date"}, start=None, end=None))
    titles = [item.title for item in at_home.get(HOME).context["learning"].current]
    assert titles == ["tomorrow", "running", "later", "waits, without a date"]


def test_what_waits_or_was_refused_says_why(at_home, person, run, ask):
    row = ask(person, run).enrolment
    # The name of the LMS begins with a small letter.
    assert '<p class="learning__why">The academy' in at_home.get(HOME).content.decode()
    Enrolment.objects.filter(pk=row.pk).update(work="stuck", next_try=None)
    assert "The office has been told" in at_home.get(HOME).content.decode()
    Enrolment.objects.filter(pk=row.pk).update(work="refused", reason="declined")
    page = at_home.get(HOME).content.decode()
    assert "Your manager has declined. Talk to your manager." in " ".join(page.split())


def test_an_lms_that_is_away_takes_nothing_back(at_home, placed, there):
    the_row(there).progress = 40.0
    read_progress()
    there.faults.plan("gateway", times=50)
    assert read_progress(timezone.now() + EVERY) == 0
    assert Progress.objects.get().percent == 40.0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//[", "x" * 900])
def test_a_certificate_leads_to_the_web_or_nowhere(placed, url, monkeypatch):
    from catalog.lms import Progress as Told
    from catalog.lms import Reason, Result
    from catalog.lms.moodle.connector import MoodleConnector

    told = Result(Reason.DONE, Told(percent=100.0, certificate_url=url))
    monkeypatch.setattr(MoodleConnector, "progress", lambda *args: told)
    read_progress()
    assert Progress.objects.get().certificate_url == ""


def test_what_was_given_back_is_folded_away(at_home, placed):
    at_home.post(f"/en/enrol/{placed.pk}/withdraw/")
    learning = at_home.get(HOME).context["learning"]
    assert (learning.current, len(learning.given_back)) == ([], 1)


def test_the_number_of_queries_does_not_grow(
    at_home, person, run_of, ask, django_assert_max_num_queries
):
    ask(person, run_of("SELF-OPEN"))
    at_home.get(HOME)
    with django_assert_max_num_queries(14) as few:
        at_home.get(HOME)
    most = len(few)
    for n in range(6):
        ask(person, run_of("SELF-OPEN", course={"title": f"Another {n}"}))
    assert Enrolment.objects.count() == 7
    at_home.get(HOME)
    with django_assert_max_num_queries(most):
        at_home.get(HOME)
