"""The demonstration LMS says what it is, keeps what it is told, and fails on demand."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request

import pytest

from catalog import lms
from portal.demo.lms_server import fixtures, pages
from portal.demo.lms_server.answers import FOLDER
from portal.demo.lms_server.openedx_site import EdxSite
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Site

PEOPLE, COURSES = 40, ("2", "3", "4")


@pytest.mark.parametrize("language", ["az", "tr", "en", "ru", "kk"])
def test_every_page_says_that_it_is_a_demonstration(there, language):
    for path in ("/", "/course/view.php?id=2"):
        request = urllib.request.Request(
            there.site.root + path, headers={"Accept-Language": f"{language}-XX"}
        )
        page = urllib.request.urlopen(request).read().decode()
        assert pages.LABELS[language] in page
        assert f'lang="{language}"' in page


def test_titles_are_shown_and_not_run(there):
    there.site.courses[2].title = "<script>alert(1)</script>"
    page = urllib.request.urlopen(f"{there.site.root}/course/view.php?id=2").read().decode()
    assert "<script>" not in page


def test_an_unknown_course_is_a_404(there):
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{there.site.root}/course/view.php?id=999")
    assert caught.value.code == 404


def test_the_courses_of_the_demo_are_there_under_their_keys(moodle):
    with running(Application(fixtures.demo(Site()), EdxSite())) as application:
        options = {"url": application.site.root, "token": fixtures.TOKEN}
        services = lms.Services(private_hosts=frozenset({"127.0.0.1"}))
        connector = lms.connector("moodle", options, services)
        for path in sorted(fixtures.DEMO_COURSES.glob("*.json"))[:5]:
            row = json.loads(path.read_text(encoding="utf-8"))
            course = connector.get(row["lms_key"]).value
            assert course.title == row["texts"][row["source_language"]]["title"]


def test_people_and_places_outlive_a_restart(tmp_path, there, moodle, account, learner):
    there.site.file = tmp_path / "places.json"
    moodle().enrol(account, "2")
    again = fixtures.rules(Site(file=there.site.file))
    again.load()
    assert again.users[learner.number].last_name == "Əliyeva"
    assert again.is_in(learner.number, 2)


def test_faults_are_switched_from_outside(there, moodle):
    def switch(asked: object) -> int:
        request = urllib.request.Request(
            there.site.root + "/_demo/faults", json.dumps(asked).encode(), method="POST"
        )
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            return error.code

    assert switch({"name": "upgrading", "times": -1}) == 200
    assert moodle().get("2").reason is lms.Reason.UPGRADING
    assert switch({}) == 200
    assert moodle().get("2").ok
    for nonsense in ({"name": "nothing"}, {"times": 1}, [1], "x"):
        assert switch(nonsense) == 400


def test_every_kept_answer_says_where_it_was_seen():
    listed = set(re.findall(r"^\| (\S+/\S+) \|", (FOLDER / "README.md").read_text(), re.MULTILINE))
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix != ".md"}
    assert listed == {name for name in files if not name.startswith(".")} - {
        str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_dir()
    }


class SkippedTime:
    """A clock that is set forward instead of waited for."""

    def __init__(self) -> None:
        self.seconds = 1_790_000_000.0

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def test_with_one_call_in_twenty_failing_everybody_gets_one_place(there):
    """What a queue does, in small: ask, and ask again when told to."""
    clock = SkippedTime()
    services = lms.Services(
        private_hosts=frozenset({"127.0.0.1"}),
        clock=lms.Clock(lambda: clock.seconds, clock.sleep),
    )
    options = {"url": there.site.root, "token": fixtures.TOKEN, "rate": "60000"}
    connector = lms.connector("moodle", options, services)
    there.faults.sprinkle(0.05, seed=7)

    def until_it_is_so(ask):
        for _attempt in range(30):
            result = ask()
            if result.outcome is not lms.Outcome.RETRY:
                return result
            clock.sleep(max(result.retry_after, 1))
        raise AssertionError(result)

    for number in range(PEOPLE):
        person = lms.Person(f"p{1000 + number}", "A", "B", f"p{number}@gov.example", True)
        account = until_it_is_so(lambda person=person: connector.ensure_user(person)).value
        for course in COURSES:
            result = until_it_is_so(
                lambda account=account, course=course: connector.enrol(account, course)
            )
            assert result.ok, result
    there.faults.clear()
    assert sum(there.faults.given.values()) > 20
    assert len(there.site.users) == PEOPLE
    assert len(there.site.rows) == PEOPLE * len(COURSES)
