"""Syncs in processes of their own: killed at any moment, two at once, and whole in the end."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from portal.demo.lms_server import fixtures
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Course, Site, Token
from tests.services.portal_copy import PortalCopy

COURSES, CATEGORIES = 1500, 5
SET_UP = """
from catalog.models import LMSConnection, Provider
from catalog.people.models import Country
from catalog.sync.models import SyncPolicy
country = Country.objects.create(code="az", name={"en": "Azerbaijan"})
provider = Provider.objects.create(code="academy", name={"en": "Academy"}, country=country)
made = LMSConnection(code="moodle", name={"en": "Moodle"}, kind="moodle")
made.set_options({"url": "%s", "token": "demonstration-token", "rate": "60000"})
made.save()
SyncPolicy.objects.create(connection=made, provider=provider, arrival="publish")
"""


@pytest.fixture
def there() -> Iterator[Application]:
    site = Site(categories={number: (f"Bölmə {number}", 0) for number in range(1, CATEGORIES + 1)})
    site.tokens[fixtures.TOKEN] = Token()
    for number in range(2, COURSES + 2):
        category = number % CATEGORIES + 1
        site.add_course(Course(number, f"C-{number}", f"Kurs {number}", category=category))
    with running(Application(site)) as application:
        yield application


@pytest.fixture
def portal(portal_copy: PortalCopy, there: Application, monkeypatch) -> PortalCopy:
    monkeypatch.setenv("LMS_PRIVATE_HOSTS", "127.0.0.1")
    portal_copy.manage("setup")
    portal_copy.manage("shell", "-v0", "-c", SET_UP % there.site.root)
    return portal_copy


def count(portal: PortalCopy, what: str) -> int:
    return portal.rows(f"SELECT count(*) FROM {what}")[0][0]


def test_a_sync_that_is_killed_again_and_again_ends_whole(portal):
    dice, killed = random.Random(6), 0
    for _try in range(20):
        process = portal.start("sync_lms")
        before, patience = count(portal, "sync_sourcerecord"), time.monotonic() + 120
        while process.poll() is None and time.monotonic() < patience:
            if count(portal, "sync_sourcerecord") > before:
                time.sleep(dice.random() * 0.5)
                break
            time.sleep(0.02)
        if killed == 3 or process.poll() is not None:
            process.wait(120)
            break
        process.kill()
        process.wait()
        killed += 1
        # What is there is whole: no record without its course, no course without its words.
        assert count(portal, "sync_sourcerecord") == count(portal, "catalog_course")
        assert count(portal, "catalog_course") == count(portal, "catalog_coursetext")
    assert killed > 0
    portal.manage("sync_lms")
    assert count(portal, "catalog_course") == COURSES
    assert count(portal, "catalog_courserun") == COURSES
    assert count(portal, "sync_sourcerecord WHERE missing_since IS NOT NULL") == 0
    assert portal.rows("SELECT DISTINCT state FROM sync_syncrun") == [("done",)]


def test_an_interrupted_sync_does_not_read_again_what_is_stored(portal, there):
    function = "core_course_get_courses_by_field"
    process = portal.start("sync_lms")
    while not portal.rows("SELECT 1 FROM sync_syncrun WHERE parts_done != '[]'"):
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    there.calls.clear()
    portal.manage("sync_lms")
    assert there.calls.count(function) < CATEGORIES
    assert count(portal, "sync_syncrun") == 1
    assert count(portal, "catalog_course") == COURSES


def test_two_syncs_at_once_do_the_work_once(portal):
    first, second = portal.start("sync_lms"), portal.start("sync_lms")
    said = [first.communicate(timeout=300)[0], second.communicate(timeout=300)[0]]
    codes = sorted([first.returncode, second.returncode])
    assert codes in ([0, 1], [0, 0]), said
    assert codes == [0, 0] or any("another sync is at it" in each for each in said)
    assert count(portal, "catalog_course") == COURSES
