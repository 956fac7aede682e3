"""LTI 1.3: the portal as platform, PyLTI1p3 as the tool, and messages that were tampered with."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from pylti1p3.exception import LtiException
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem

from catalog.lms import Account, Level, Person, Reason
from catalog.lms.lti import access, grading
from catalog.lms.lti.launch import CLAIM, LINE_ITEM, MEMBERS, ROLE, SCORE, authorise
from catalog.lms.lti.replies import Refused
from catalog.lms.lti.stores import Entry

from .lti_world import AYNUR, ISSUER, LAUNCH_URL, World, launch, log_in, lti_world, some_key

ACCOUNT = Account("p1", "p1")


@pytest.fixture
def world() -> Iterator[World]:
    with lti_world() as made:
        yield made


def start(world: World) -> dict[str, str]:
    """What the browser carries to the tool's login."""
    url = world.connector().launch_url(ACCOUNT, "uuid-42", "az").value.url
    assert url.startswith("https://tool.example/login?id=7&iss=")
    return dict(parse_qsl(urlsplit(url).query))


def to_portal(world: World, session: dict) -> dict[str, str]:
    """What the browser carries back from the tool's login."""
    url = log_in(world, start(world), session)
    assert url.startswith(f"{world.platform.base}/authorise/?")
    return dict(parse_qsl(urlsplit(url).query))


def message(world: World, session: dict):
    return authorise(world.platform, to_portal(world, session), "p1")


def test_a_person_arrives_at_the_tool_as_themselves(world):
    session = {}
    form = message(world, session)
    assert form.url == LAUNCH_URL
    told = launch(world, form.fields, session).get_launch_data()
    assert (told["sub"], told["given_name"], told["family_name"]) == ("p1", "Aynur", "Əliyeva")
    assert (told["email"], told["locale"]) == ("aynur@gov.example", "az")
    assert told[f"{CLAIM}custom"] == {"id": "uuid-42"}
    assert told[f"{CLAIM}resource_link"]["id"] == "entry-42"
    assert told[f"{CLAIM}message_type"] == "LtiResourceLinkRequest"


def test_grades_come_back_and_show_as_progress(world):
    session = {}
    tool = launch(world, message(world, session).fields, session)
    column = LineItem().set_tag("grade").set_score_maximum(100).set_label("Test")
    grade = Grade().set_score_given(77.5).set_score_maximum(100).set_user_id("p1")
    grade.set_timestamp("2026-11-22T02:25:10+0000")
    grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
    tool.get_ags().put_grade(grade, column)
    assert [item.tag for item in world.stores.items] == ["grade"]
    progress = world.connector().progress(ACCOUNT, "uuid-42").value
    assert (progress.grade, progress.grade_max, progress.completed) == (77.5, 100, True)


def test_the_tool_sees_who_has_a_place(world):
    world.stores.people["p2"] = Person("p2", "Murat", "Yılmaz", "m@gov.example")
    session = {}
    tool = launch(world, message(world, session).fields, session)
    found = tool.get_nrps().get_members(resource_link_id="entry-42")
    assert [(one["user_id"], one["name"]) for one in found] == [
        ("p1", "Aynur Əliyeva"),
        ("p2", "Murat Yılmaz"),
    ]


# What the tool refuses: the token errors that a real Moodle was seen to give.


def signed(world: World, fields: dict[str, str], key=None, **changes) -> dict[str, str]:
    """The same message with other claims, signed by the platform (or by somebody else)."""
    claims = jwt.decode(fields["id_token"], options={"verify_signature": False})
    claims |= changes
    key = key or world.stores.key
    token = jwt.encode(claims, key.private_pem, "RS256", headers={"kid": world.stores.key.kid})
    return fields | {"id_token": token}


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1_700_000_000},
        {"aud": "somebody-else"},
        {"nonce": "not the one that was asked for"},
        {f"{CLAIM}deployment_id": "unknown"},
        {f"{CLAIM}version": "1.1"},
        {f"{CLAIM}resource_link": {}},
        {f"{CLAIM}custom": {}},
        {f"{CLAIM}custom": {"id": "nope"}},
    ],
    ids=[
        *("expired", "audience", "nonce", "deployment", "version", "resource"),
        *("no custom id", "unknown course"),
    ],
)
def test_a_message_that_is_not_right_is_refused_by_the_tool(world, changes):
    session = {}
    form = message(world, session)
    with pytest.raises(LtiException):
        launch(world, signed(world, form.fields, **changes), session)
    assert launch(world, form.fields, session)


def test_a_person_without_a_role_comes_as_a_learner(world):
    session = {}
    form = message(world, session)
    told = launch(world, form.fields, session).get_launch_data()
    assert told[f"{CLAIM}roles"] == [f"{ROLE}Learner"]
    # As Moodle, the tool takes a message without any role all the same.
    assert launch(world, signed(world, form.fields, **{f"{CLAIM}roles": []}), session)


def test_a_message_signed_by_somebody_else_is_refused_by_the_tool(world):
    session = {}
    form = message(world, session)
    with pytest.raises(LtiException):
        launch(world, signed(world, form.fields, key=some_key(2)), session)


def test_a_message_taken_to_another_browser_is_refused_by_the_tool(world):
    form = message(world, {})
    with pytest.raises(LtiException):
        launch(world, form.fields, {})


# What the portal refuses.


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("client_id", "unknown", 400),
        ("redirect_uri", "https://evil.example/launch", 400),
        ("redirect_uri", LAUNCH_URL + "/", 400),
        ("response_type", "code", 400),
        ("response_mode", "query", 400),
        ("scope", "openid email", 400),
        ("prompt", "login", 400),
        ("nonce", "", 400),
        ("login_hint", "p2", 403),
        ("lti_message_hint", "", 400),
        ("lti_message_hint", "a.b.c", 400),
    ],
)
def test_a_request_that_is_not_the_one_begun_is_refused(world, name, value, status):
    asked = to_portal(world, {}) | {name: value}
    with pytest.raises(Refused) as caught:
        authorise(world.platform, asked, "p1")
    assert caught.value.status == status


def test_somebody_else_cannot_finish_a_launch(world):
    world.stores.people["p2"] = Person("p2", "Murat", "Yılmaz")
    asked = to_portal(world, {})
    for subject, status in (("p2", 403), ("", 401)):
        with pytest.raises(Refused) as caught:
            authorise(world.platform, asked, subject)
        assert caught.value.status == status
    # Nor by taking over the hint.
    with pytest.raises(Refused):
        authorise(world.platform, asked | {"login_hint": "p2"}, "p2")


def test_a_tampered_or_old_hint_is_refused(world):
    asked = to_portal(world, {})
    hint = asked["lti_message_hint"]
    claims = jwt.decode(hint, options={"verify_signature": False})
    forged = jwt.encode(claims | {"entry": "entry-43"}, some_key(2).private_pem, "RS256")
    unsigned = jwt.encode(claims, "", "none")
    old = jwt.encode(
        claims | {"exp": int(time.time()) - 60},
        world.stores.key.private_pem,
        "RS256",
        headers={"kid": world.stores.key.kid},
    )
    # An access token or a launch message is no hint, though signed with the same key.
    other = jwt.encode(claims | {"aud": world.platform.base}, world.stores.key.private_pem, "RS256")
    for hint in (forged, unsigned, old, other):
        with pytest.raises(Refused):
            authorise(world.platform, asked | {"lti_message_hint": hint}, "p1")


def test_a_person_who_lost_their_place_meanwhile_is_refused(world):
    asked = to_portal(world, {})
    del world.stores.people["p1"]
    with pytest.raises(Refused) as caught:
        authorise(world.platform, asked, "p1")
    assert caught.value.status == 403


# Access tokens.


def assertion(world: World, key=None, **changes) -> dict[str, str]:
    claims = {
        "iss": "client-1",
        "sub": "client-1",
        "aud": world.platform.token_url,
        "iat": int(time.time()),
        "exp": int(time.time()) + 65,
        "jti": "one",
    } | changes
    key = key or world.tool_key
    headers = {"kid": world.tool_key.kid}
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": access.ASSERTION_TYPE,
        "client_assertion": jwt.encode(claims, key.private_pem, "RS256", headers=headers),
        "scope": f"{LINE_ITEM} {SCORE} {MEMBERS}",
    }


def test_a_tool_gets_a_token_once_for_each_assertion(world):
    form = assertion(world)
    first, second = access.token(world.platform, form), access.token(world.platform, form)
    assert first.status == 200
    assert first.body["token_type"] == "Bearer"
    assert (second.status, second.body["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1_700_000_000},
        {"aud": "https://elsewhere.example/token"},
        {"iss": "unknown"},
        {"sub": "somebody-else"},
        {"exp": 4_000_000_000},
    ],
    ids=["expired", "audience", "issuer", "subject", "too far"],
)
def test_an_assertion_that_is_not_right_gets_none(world, changes):
    reply = access.token(world.platform, assertion(world, **changes))
    assert (reply.status, reply.body["error"]) == (401, "invalid_client")


def test_an_assertion_signed_by_somebody_else_or_by_nobody_gets_none(world):
    assert access.token(world.platform, assertion(world, key=some_key(2))).status == 401
    form = assertion(world)
    claims = jwt.decode(form["client_assertion"], options={"verify_signature": False})
    form["client_assertion"] = jwt.encode(claims, "", "none")
    assert access.token(world.platform, form).status == 401
    # A public key taken for a password.
    form["client_assertion"] = jwt.encode(claims, "x" * 64, "HS256", headers={"kid": "k"})
    assert access.token(world.platform, form).status == 401


def test_nonsense_gets_none(world):
    for change in (
        {"grant_type": "password"},
        {"client_assertion_type": "x"},
        {"client_assertion": "x"},
        {"client_assertion": "x" * 100_000},
        {"scope": "everything"},
    ):
        assert access.token(world.platform, assertion(world) | change).status == 400


def bearer(world: World, *scopes: str) -> str:
    form = assertion(world, jti=str(time.time_ns())) | {"scope": " ".join(scopes)}
    return f"Bearer {access.token(world.platform, form).body['access_token']}"


def test_a_service_wants_a_token_for_itself(world):
    names = bearer(world, MEMBERS)
    assert grading.line_items(world.platform, names, "entry-42", "GET", b"").status == 403
    for wrong in ("", "Bearer x", "Basic x", names[:-4] + "AAAA", names.replace("Bearer", "JWT")):
        assert grading.line_items(world.platform, wrong, "entry-42", "GET", b"").status == 401


def test_a_tool_sees_only_its_own_courses(world):
    world.stores.entries.append(Entry("entry-43", "client-2", "uuid-43", "Other"))
    good = bearer(world, LINE_ITEM, SCORE)
    for entry in ("entry-43", "entry-44", "../entry-42"):
        assert grading.line_items(world.platform, good, entry, "GET", b"").status == 404


# Scores as Moodle sends them.

MOODLE_ITEM = {
    "scoreMaximum": 100,
    "label": "Course SELF-OPEN",
    "resourceId": 1,
    "resourceLinkId": "entry-42",
    "tag": "grade",
}
MOODLE_SCORE = {
    "scoreGiven": "77.50000",
    "scoreMaximum": 100,
    "activityProgress": "Completed",
    "gradingProgress": "FullyGraded",
    "timestamp": "2026-11-22T02:25:10+0000",
    "userId": "p1",
}


def send(world: World, good: str, **changes):
    body = json.dumps(MOODLE_SCORE | changes).encode()
    return grading.scores(world.platform, good, "entry-42", "1", body)


def test_strings_for_numbers_and_offsets_without_colon_are_taken(world):
    good = bearer(world, LINE_ITEM, SCORE)
    made = grading.line_items(
        world.platform, good, "entry-42", "POST", json.dumps(MOODLE_ITEM).encode()
    )
    assert made.status == 201
    assert made.body["resourceId"] == "1"
    assert send(world, good).status == 204
    assert world.stores.kept["p1"].given == 77.5
    assert send(world, good, timestamp="2026-11-21T02:25:10+0000").status == 409
    assert send(world, good, userId="p9").status == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"scoreGiven": "NaN"},
        {"scoreGiven": "inf"},
        {"scoreGiven": -1},
        {"scoreGiven": "much"},
        {"scoreMaximum": 0},
        {"timestamp": "yesterday"},
        {"userId": ""},
        {"userId": ["p1"]},
    ],
)
def test_a_score_that_means_nothing_is_refused(world, changes):
    good = bearer(world, LINE_ITEM, SCORE)
    grading.line_items(world.platform, good, "entry-42", "POST", json.dumps(MOODLE_ITEM).encode())
    assert send(world, good, **changes).status == 400
    assert world.stores.kept == {}


def test_broken_and_huge_bodies_are_refused(world):
    good = bearer(world, LINE_ITEM, SCORE)
    for body, status in ((b"{", 400), (b"[]", 400), (b"[" * 60_000, 400), (b" " * 70_000, 413)):
        reply = grading.line_items(world.platform, good, "entry-42", "POST", body)
        assert reply.status == status


# The connector.


def test_people_are_taken_in_when_they_come(world):
    assert world.connector().enrol(ACCOUNT, "uuid-42").reason is Reason.AT_LAUNCH
    assert world.connector().launch("uuid-42", "az") is None
    for key in ("nothing", ""):
        assert world.connector().launch_url(ACCOUNT, key, "az").reason is Reason.NO_COURSE


def test_the_check_fetches_the_keys_of_the_tool(world):
    check = world.connector().check()
    assert check.ok
    world.options["jwks_url"] = world.options["jwks_url"].replace("tool-jwks", "nothing")
    [finding] = world.connector().check().findings
    assert finding.level is Level.ERROR


def test_the_issuer_is_the_portal(world):
    assert start(world)["iss"] == ISSUER
    assert start(world)["login_hint"] == AYNUR.username
