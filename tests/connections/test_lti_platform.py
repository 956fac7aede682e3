"""The portal as LTI platform, over HTTP and with its own database: PyLTI1p3 is the tool."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from catalog.connections import lti, roster
from catalog.connections.models import LTIKey, LTIScore, UsedOnce
from catalog.connections.once import first_time, forget_used
from catalog.lms import Account, Person, Reason
from catalog.lms.lti.access import ASSERTION_TYPE
from catalog.lms.lti.launch import CLAIM, LINE_ITEM, MEMBERS, SCORE
from catalog.models import LMSConnection
from tests import factories
from tests.lms.lti_world import ISSUER, LAUNCH_URL, World, launch, log_in, lti_world, some_key

SCORES = "application/vnd.ims.lis.v1.score+json"


class Places:
    """A roster: one person with a place in the one course, one who had one."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}

    def person(self, connection: int, key: str, username: str) -> Person | None:
        return self.people.get(username) if key == "uuid-42" else None

    def knows(self, connection: int, key: str, username: str) -> bool:
        return self.person(connection, key, username) is not None

    def members(self, connection: int, key: str) -> list[Person]:
        return list(self.people.values())


@pytest.fixture
def places(monkeypatch) -> Places:
    made = Places()
    monkeypatch.setattr(roster, "_roster", made)
    return made


@pytest.fixture
def world(settings, db) -> Iterator[World]:
    """The tool; its own half of the world is not asked for anything but its keys."""
    settings.PUBLIC_URL = ISSUER
    with lti_world() as made:
        yield made


@pytest.fixture
def connection(world) -> LMSConnection:
    made = LMSConnection(code="tool", name={"en": "the tool"}, kind="lti")
    made.set_options(world.options)
    made.save()
    factories.make_course({"az": "Açıq məlumat"}, lms=made, lms_key="uuid-42", code="OPEN-101")
    return made


@pytest.fixture
def learner(client: Client, places: Places):
    user = factories.make_user(first_name="Aynur", last_name="Əliyeva")
    client.force_login(user)
    name = user.get_username()
    places.people[name] = Person(name, "Aynur", "Əliyeva", user.email, True, "az")
    return user


def start(connection: LMSConnection, learner) -> dict[str, str]:
    """What the browser carries to the tool's login."""
    name = learner.get_username()
    result = connection.connector.launch_url(Account(name, name), "uuid-42", "az")
    assert result.reason is Reason.DONE
    return dict(parse_qsl(urlsplit(result.value.url).query))


def begin(connection: LMSConnection, learner) -> dict[str, str]:
    """What the tool sends back after the first step."""
    sent = start(connection, learner)
    return {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": sent["client_id"],
        "redirect_uri": sent["target_link_uri"],
        "state": "state-1",
        "nonce": "nonce-1",
        "login_hint": sent["login_hint"],
        "lti_message_hint": sent["lti_message_hint"],
    }


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def public_key(client: Client) -> jwt.PyJWK:
    return jwt.PyJWK(client.get("/lti/jwks/").json()["keys"][0], "RS256")


def test_a_launch_passes_through_a_page_with_a_button(client, connection, learner):
    response = client.get("/lti/authorise/", begin(connection, learner))
    page = response.content.decode()
    assert response.status_code == 200
    assert f'action="{LAUNCH_URL}"' in page
    assert '<button class="button" type="submit">' in page
    policy = response.headers["Content-Security-Policy"]
    form_action = next(part for part in policy.split(";") if "form-action" in part)
    assert "https://tool.example" in form_action
    assert "no-store" in response.headers["Cache-Control"]
    claims = jwt.decode(
        fields_of(page)["id_token"], public_key(client).key, ["RS256"], audience="client-1"
    )
    assert claims["sub"] == learner.get_username()
    assert claims["nonce"] == "nonce-1"
    assert claims[f"{CLAIM}custom"] == {"id": "uuid-42"}
    assert claims[f"{CLAIM}context"]["title"] == "Açıq məlumat"


def test_a_tool_may_send_people_on_to_its_other_addresses(client, connection, learner):
    connection.options["launch_urls"] += " https://app.tool.example/start https://tool.example/b"
    connection.save()
    policy = client.get("/lti/authorise/", begin(connection, learner))["Content-Security-Policy"]
    form_action = next(part for part in policy.split(";") if "form-action" in part)
    assert form_action.split()[-2:] == ["https://tool.example", "https://app.tool.example"]


def test_a_form_from_the_tool_is_asked_for_again_with_our_cookie(client, connection, learner):
    asked = begin(connection, learner)
    response = Client().post("/lti/authorise/", asked | {"unknown": "x" * 9000})
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert "unknown" not in response.url


def refused(client: Client, asked: dict[str, str]) -> int:
    response = client.get("/lti/authorise/", asked)
    assert "id_token" not in response.content.decode().replace("id_token_", "")
    return response.status_code


def test_nobody_launches_as_somebody_else(client, connection, learner, places):
    asked = begin(connection, learner)
    assert refused(Client(), asked) == 401
    page = Client(headers={"accept-language": "en"}).get("/lti/authorise/", asked)
    assert 'href="/en/account/login/?next=/en/my-learning/"' in page.content.decode()
    other = Client()
    other.force_login(factories.make_user())
    assert refused(other, asked) == 403
    places.people.clear()
    assert refused(client, asked) == 403


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"redirect_uri": "https://evil.example/"}, 400),
        ({"client_id": "client-2"}, 400),
        ({"client_id": ""}, 400),
        ({"client_id": "client-1\0"}, 400),
        ({"nonce": ""}, 400),
        ({"lti_message_hint": "a.b.c"}, 400),
        ({"lti_message_hint": "x" * 5000}, 400),
        ({"login_hint": "p999"}, 403),
    ],
)
def test_tampered_launches_are_refused(client, connection, learner, changes, status):
    assert refused(client, begin(connection, learner) | changes) == status


def test_a_tool_that_is_switched_off_gets_nobody(client, connection, learner):
    asked = begin(connection, learner)
    LMSConnection.objects.update(active=False)
    assert refused(client, asked) == 400


def assertion(world: World, **changes) -> str:
    now = int(time.time())
    claims = {
        "iss": "client-1",
        "sub": "client-1",
        "aud": f"{ISSUER}/lti/token/",
        "iat": now,
        "exp": now + 60,
        "jti": str(time.perf_counter_ns()),
    } | changes
    key = world.tool_key
    return jwt.encode(claims, key.private_pem, "RS256", headers={"kid": key.kid})


def ask_token(client: Client, signed: str, *scopes: str):
    return client.post(
        "/lti/token/",
        {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": signed,
            "scope": " ".join(scopes or (LINE_ITEM, SCORE, MEMBERS)),
        },
    )


@pytest.fixture
def bearer(client, connection, world, learner) -> dict[str, str]:
    """The tool's access, from outside of any browser."""
    answer = ask_token(Client(enforce_csrf_checks=True), assertion(world))
    assert answer.status_code == 200, answer.content
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_an_assertion_serves_once(client, connection, world):
    signed = assertion(world)
    assert ask_token(client, signed).status_code == 200
    again = ask_token(client, signed)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example/"},
        {"exp": 1},
        {"iss": "client-2"},
        {"sub": "client-2"},
    ],
)
def test_bad_assertions_are_refused(client, connection, world, changes):
    assert ask_token(client, assertion(world, **changes)).status_code == 401


def test_grades_come_back_to_the_person(connection, bearer, learner):
    tool, name = Client(enforce_csrf_checks=True), learner.get_username()
    begin(connection, learner)
    entry = connection.lti_resources.get().pk
    items = f"/lti/{entry}/lineitems/"
    assert tool.get(items, headers=bearer).json() == []
    column = {"scoreMaximum": 100, "label": "Whole course", "resourceId": 1, "tag": "grade"}
    kind = "application/vnd.ims.lis.v2.lineitem+json"
    made = tool.post(items, json.dumps(column), kind, headers=bearer)
    assert made.status_code == 201
    path = urlsplit(made.json()["id"]).path
    assert tool.get(path, headers=bearer).json()["label"] == "Whole course"

    heard = []

    def listen(**told) -> None:
        heard.append((told["connection"], told["key"], told["username"]))

    roster.graded.connect(listen)
    score = {
        "scoreGiven": "77.50000",
        "scoreMaximum": 100,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-22T02:25:10+0000",
        "userId": name,
    }

    def send(**kwargs) -> int:
        body = json.dumps(score | kwargs)
        return tool.post(f"{path}/scores", body, SCORES, headers=bearer).status_code

    assert send() == 204
    assert send(scoreGiven=10, timestamp="2026-11-21T02:25:10+0000") == 409
    assert send(userId="p999") == 404
    assert send(scoreGiven="x" * 70_000) == 413
    assert heard == [(connection.pk, "uuid-42", name)]
    progress = connection.connector.progress(Account(name, name), "uuid-42").value
    assert (progress.grade, progress.grade_max, progress.completed) == (77.5, 100, True)
    assert LTIScore.objects.get().at == datetime(2026, 11, 22, 2, 25, 10, tzinfo=UTC)


def test_the_tool_is_told_who_has_a_place(connection, bearer, learner):
    begin(connection, learner)
    entry = connection.lti_resources.get().pk
    told = Client().get(f"/lti/{entry}/members/", {"rlid": str(entry)}, headers=bearer).json()
    assert [member["user_id"] for member in told["members"]] == [learner.get_username()]


@pytest.mark.parametrize("path", ["members/", "lineitems/", "lineitems/1"])
def test_services_ask_for_a_token_and_know_their_own_courses_only(connection, bearer, path):
    assert Client().get(f"/lti/1/{path}").status_code == 401
    for entry in ("999", "x", "9" * 30, "%00"):
        status = Client().get(f"/lti/{entry}/{path}", headers=bearer).status_code
        assert status in (400, 404), entry


def signed_by_us(**claims) -> str:
    key = lti.Keys().signing()
    usual = {"iss": ISSUER, "aud": f"{ISSUER}/lti", "sub": "client-1", "scope": f"{MEMBERS}"}
    made = usual | {"exp": int(time.time()) + 60} | claims
    return jwt.encode(made, key.private_pem, "RS256", headers={"kid": key.kid})


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, 200),
        ({"exp": 1_700_000_000}, 401),
        ({"aud": "client-1"}, 401),
        ({"aud": "lti-message-hint"}, 401),
        ({"iss": "https://elsewhere.example"}, 401),
        ({"sub": "client-2"}, 401),
        ({"scope": SCORE}, 403),
    ],
    ids=["good", "expired", "a launch", "a hint", "issuer", "another tool", "scope"],
)
def test_only_an_access_token_that_holds_opens_a_service(connection, learner, claims, status):
    begin(connection, learner)
    path = f"/lti/{connection.lti_resources.get().pk}/members/"
    headers = {"Authorization": f"Bearer {signed_by_us(**claims)}"}
    assert Client().get(path, headers=headers).status_code == status


def test_keys_change_in_time_and_old_ones_stay_published(client, db):
    first = lti.Keys().signing().kid
    assert lti.Keys().signing().kid == first
    LTIKey.objects.update(created_at=timezone.now() - timedelta(days=91))
    lti.renew_keys()
    assert len(client.get("/lti/jwks/").json()["keys"]) == 2
    assert lti.Keys().signing().kid == first
    LTIKey.objects.exclude(kid=first).update(created_at=timezone.now() - timedelta(days=3))
    assert lti.Keys().signing().kid != first


def test_what_was_used_once_is_refused_until_it_may_be_forgotten(db):
    until = timezone.now() + timedelta(minutes=5)
    assert first_time("nonce", until)
    assert not first_time("nonce", until)
    UsedOnce.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert forget_used() == 1
    assert first_time("nonce", until)


def test_the_whole_launch_is_accepted_by_the_tool(client, connection, learner, world):
    """With the tool's own check of signature, nonce, audience and deployment."""
    key = some_key(0)
    LTIKey.objects.create(
        kid=key.kid, private_pem=key.private_pem, created_at=timezone.now() - timedelta(days=5)
    )
    session = {}
    url = log_in(world, start(connection, learner), session)
    page = client.get("/lti/authorise/?" + urlsplit(url).query).content.decode()
    told = launch(world, fields_of(page), session).get_launch_data()
    assert told["sub"] == learner.get_username()
    assert told["family_name"] == "Əliyeva"
