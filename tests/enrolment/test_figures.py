"""Crowds, faults and killed workers: every wish ends as it should, none twice."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from portal.bench.enrolling import carry_many
from portal.demo.lms_server import fixtures
from portal.demo.lms_server.server import Application
from tests.services.portal_copy import ROOT, PortalCopy

KILLS = 100


@pytest.mark.django_db
def test_a_crowd_at_a_failing_lms_ends_as_it_should():
    tally = carry_many(people=100, runs=10)
    assert tally.permitted == 950
    assert sum(tally.faults.values()) > 100
    assert tally.is_right, tally


def test_a_worker_killed_at_any_moment_loses_and_doubles_nothing(
    portal_copy: PortalCopy, there: Application
):
    settings = {
        "LMS_PRIVATE_HOSTS": "127.0.0.1",
        "LMS_ROOT": there.site.root,
        "LMS_TOKEN": fixtures.TOKEN,
        "KILLS": str(KILLS),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.enrolment.mortal"],
        env=portal_copy.variables | settings,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["killed"] > KILLS / 2
    rows = portal_copy.rows(
        "SELECT work, place, wanted, count(*) FROM enrolment_enrolment GROUP BY 1, 2, 3"
    )
    wanted, given_back = told["wanted"], told["given_back"]
    assert sorted(rows) == [
        ("settled", "active", 1, wanted),
        ("settled", "none", 0, given_back),
    ]
    places = [(row.user, row.course) for row in there.site.rows.values()]
    assert len(places) == len(set(places)) == wanted
    assert len({user.username for user in there.site.users.values()}) == len(there.site.users)
    # Each wish was confirmed once, and each mail about it written once.
    events = portal_copy.rows(
        "SELECT count(*), count(DISTINCT enrolment_id) FROM enrolment_enrolmentevent "
        "WHERE kind = 'confirmed'"
    )
    mails = portal_copy.rows("SELECT count(*) FROM enrolment_mail WHERE kind = 'confirmed'")
    assert events[0][0] == events[0][1] == mails[0][0]
