"""Open edX: both versions of its enrolment API, its courses, grades and refusals."""

from __future__ import annotations

import json

import pytest

from catalog import lms
from catalog.lms import Account, Level, Outcome, Place, Reason, Trouble
from catalog.lms.openedx import api
from catalog.lms.openedx.courses import read_course
from portal.demo.lms_server import openedx as server_side
from portal.demo.lms_server.fixtures import CLIENT, SECRET
from portal.demo.lms_server.openedx_site import EdxCourse, EdxPlace

from .conftest import SERVICES

OPEN, OVER, SOON = (f"course-v1:Academy+{name}+2026" for name in ("OPEN", "OVER", "SOON"))
AYNUR = Account("p1")


@pytest.fixture(params=[1, 2], ids=["v1", "v2"])
def version(request, there) -> int:
    there.edx.has_v2 = request.param == 2
    there.edx.users["p1"] = "a@gov.example"
    return request.param


@pytest.fixture
def openedx(there):
    def make(**options: str) -> lms.Connector:
        usual = {"url": there.site.root, "client_id": CLIENT, "client_secret": SECRET}
        return lms.connector("openedx", usual | {"rate": "60000"} | options, SERVICES)

    return make


def posts(there) -> list[str]:
    return [call for call in there.calls if call.startswith("POST /api/enrollment")]


def test_a_person_is_enrolled_once_and_withdrawn_once(there, openedx, version):
    connector = openedx()
    assert connector.status(AYNUR, OPEN).value is Place.NONE
    assert connector.enrol(AYNUR, OPEN).outcome is Outcome.DONE
    assert connector.enrol(AYNUR, OPEN).outcome is Outcome.ALREADY
    assert connector.status(AYNUR, OPEN).value is Place.ACTIVE
    assert len(posts(there)) == 1
    assert f"/v{version}/" in posts(there)[0]
    assert connector.unenrol(AYNUR, OPEN).outcome is Outcome.DONE
    assert connector.unenrol(AYNUR, OPEN).outcome is Outcome.ALREADY
    assert connector.status(AYNUR, OPEN).value is Place.NONE


def test_somebody_withdrawn_may_come_again(openedx, version):
    connector = openedx()
    for wish in (connector.enrol, connector.unenrol, connector.enrol):
        assert wish(AYNUR, OPEN).outcome is Outcome.DONE
    assert connector.status(AYNUR, OPEN).value is Place.ACTIVE


@pytest.mark.parametrize(
    ("key", "outcome", "reason"),
    [
        (OVER, Outcome.CLOSED, Reason.CLOSED),
        (SOON, Outcome.CLOSED, Reason.NOT_OPEN),
        ("course-v1:Academy+NONE+1", Outcome.NOT_FOUND, Reason.NO_COURSE),
    ],
)
def test_what_is_closed_or_missing_is_told_apart(openedx, version, key, outcome, reason):
    result = openedx().enrol(AYNUR, key)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_full_is_told_apart_from_closed_by_the_dates(there, openedx, version):
    there.edx.courses[OPEN].most = 1
    there.edx.places["x", OPEN] = EdxPlace("x", OPEN, "audit", True)
    assert openedx().enrol(AYNUR, OPEN).outcome is Outcome.FULL
    there.edx.courses[OPEN].invitation_only = True
    assert openedx().enrol(AYNUR, OPEN).reason is Reason.INVITATION


def test_a_person_who_never_signed_in_there_has_no_account(openedx, version):
    result = openedx().enrol(Account("p2"), OPEN)
    assert (result.outcome, result.reason) == (Outcome.NOT_FOUND, Reason.NO_ACCOUNT)
    assert result.scope == "person"


def test_an_account_that_is_not_staff_is_named(there, openedx, version):
    there.edx.is_staff = False
    result = openedx().enrol(AYNUR, OPEN)
    assert (result.outcome, result.reason) == (Outcome.MISCONFIGURED, Reason.RIGHT_MISSING)
    assert "global staff" in result.sentence


def test_a_mode_the_course_does_not_offer_is_named(openedx, version):
    result = openedx(mode="verified").enrol(AYNUR, OPEN)
    assert result.reason is Reason.MODE
    assert "“verified”" in result.sentence


def test_a_place_is_taken_back_in_the_mode_it_has(there, openedx, version):
    there.edx.places["p1", OPEN] = EdxPlace("p1", OPEN, "honor", True)
    assert openedx().unenrol(AYNUR, OPEN).outcome is Outcome.DONE


@pytest.mark.parametrize("fault", ["lost", "lost_gateway"])
def test_a_lost_answer_is_read_back(there, openedx, version, fault):
    connector = openedx()
    connector.status(AYNUR, OPEN)
    there.faults.plan(fault, course=OPEN)
    assert connector.enrol(AYNUR, OPEN).outcome is Outcome.DONE
    assert len(posts(there)) == 1


@pytest.mark.parametrize(
    ("fault", "outcome", "reason"),
    [
        ("internal", Outcome.RETRY, Reason.SERVER_ERROR),
        ("rate_limited", Outcome.RETRY, Reason.BUSY),
        ("gateway", Outcome.RETRY, Reason.SERVER_ERROR),
        ("html", Outcome.RETRY, Reason.NOT_JSON),
        ("half", Outcome.RETRY, Reason.NOT_JSON),
        ("cut", Outcome.RETRY, Reason.UNREACHABLE),
        ("moved", Outcome.MISCONFIGURED, Reason.WRONG_ADDRESS),
        ("authz", Outcome.MISCONFIGURED, Reason.RIGHT_MISSING),
        ("authn", Outcome.MISCONFIGURED, Reason.TOKEN_REFUSED),
        ("conflict", Outcome.FULL, Reason.FULL),
        ("closed_or_full", Outcome.FULL, Reason.FULL),
        ("refused", Outcome.CLOSED, Reason.PERSON_REFUSED),
    ],
)
def test_each_refusal_has_its_outcome(there, openedx, version, fault, outcome, reason):
    there.faults.plan(fault, -1, course=OPEN)
    result = openedx().enrol(AYNUR, OPEN)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_one_token_serves_many_requests_and_is_renewed_before_it_expires(there, openedx, version):
    there.edx.token_seconds = 61
    for _ in range(3):
        openedx().status(AYNUR, OPEN)
    assert there.edx.tokens_given == 1
    there.edx.token_seconds = 50
    api._tokens._kept.clear()
    for _ in range(3):
        assert openedx().status(AYNUR, OPEN).ok
    assert there.edx.tokens_given > 3


def test_a_token_that_was_revoked_is_replaced_once(there, openedx, version):
    openedx().status(AYNUR, OPEN)
    there.edx.tokens.clear()
    assert openedx().status(AYNUR, OPEN).ok
    assert there.edx.tokens_given == 2


def test_a_wrong_secret_is_a_matter_of_the_connection(there, openedx, version):
    result = openedx(client_secret="wrong").status(AYNUR, OPEN)
    assert (result.reason, result.scope) == (Reason.TOKEN_REFUSED, "connection")
    assert set(there.queries) == {""}


def test_the_grade_is_told_and_what_is_not_known_stays_open(there, openedx, version):
    there.edx.places["p1", OPEN] = EdxPlace("p1", OPEN, "audit", True, percent=0.775)
    progress = openedx().progress(AYNUR, OPEN).value
    assert (progress.grade, progress.grade_max, progress.passed) == (77.5, 100.0, True)
    assert (progress.percent, progress.completed, progress.certificate_url) == (None, None, "")
    assert openedx().progress(AYNUR, OVER).reason is Reason.NOT_ENROLLED
    assert openedx().progress(Account("p9"), OPEN).reason is Reason.NO_ACCOUNT


def test_the_catalogue_is_read_page_by_page_and_can_be_gone_on_with(there, openedx):
    for i in range(250):
        key = f"course-v1:Academy+C{i}+1"
        there.edx.courses[key] = EdxCourse(key, f"Course {i}", pacing="self")
    seen = {part.key: [course.key for course in part.courses] for part in openedx().list()}
    assert [len(keys) for keys in seen.values()] == [100, 100, 53]
    rest = [part.key for part in openedx().list(skip={"1", "2"})]
    assert rest == ["3"]
    assert list(openedx().list(skip={"1", "2", "3"})) == []


def test_a_catalogue_that_breaks_off_is_never_taken_for_a_whole_one(there, openedx):
    there.faults.plan("gateway", function="/api/courses/v1/courses/")
    with pytest.raises(Trouble):
        list(openedx().list())


def test_a_course_is_told_with_its_dates(there, openedx):
    course = openedx().get(OVER).value
    assert course.enrolment_end.isoformat() == "2020-01-01T00:00:00+00:00"
    assert (course.visible, course.self_paced, course.language) == (True, False, "")
    assert openedx().get("nothing").reason is Reason.NO_COURSE


@pytest.mark.parametrize(
    "key", [None, 7, "", " a", "a\0b", "a\nb", "a\ud800", "course-v1:" + "x" * 200]
)
def test_a_course_whose_key_leads_nowhere_is_left_out(key):
    course = read_course({"id": key, "name": "Ad\0"}, "https://edx.example")
    assert (course.key, course.title) == ("", "Ad")


def test_the_check_says_which_version_it_found(there, openedx, version):
    check = openedx().check()
    assert check.ok
    assert f"version {version} of its enrolment API" in check.findings[0].sentence


def test_the_check_says_when_others_may_not_be_enrolled(there, openedx, version):
    there.edx.is_staff = False
    [finding] = openedx().check().findings
    assert finding.level is Level.ERROR
    assert "global staff" in finding.sentence


def test_the_door_is_the_page_of_the_course(there, openedx):
    launch = openedx().launch(OPEN, "az")
    assert launch.url.endswith("/courses/course-v1%3AAcademy%2BOPEN%2B2026/about")


def test_force_is_never_used(there, openedx, version, monkeypatch):
    seen = []
    real = server_side._enrol
    monkeypatch.setattr(
        server_side, "_enrol", lambda site, sent, v: seen.append(sent) or real(site, sent, v)
    )
    openedx().enrol(AYNUR, OPEN)
    assert "force_enrollment" not in json.dumps(seen)
