"""Who has no password here shows who they are at their service before what cannot be undone."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from catalog.people.models import Issuer, User
from tests.accounts.services import CLIENT, Liar, back_with

ERASE = "/en/my-learning/erase/"
ANEW = "/en/account/confirm/service/?next=%2Fen%2Fmy-learning%2Ferase%2F"


@pytest.fixture
def liar(db, settings):
    with Liar().running() as served:
        settings.SIGN_IN_PRIVATE_HOSTS = [f"127.0.0.1:{served.port}"]
        settings.PUBLIC_URL = "http://testserver"
        Issuer.objects.create(
            key="mygov", name={"en": "myGov"}, url=served.url, client_id=CLIENT, active=True
        )
        yield served


def words_of(answer) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.url).query).items()}


def pass_by(client, liar, **query):
    """To the service and back; what was asked of the service, and the last answer."""
    asked = words_of(client.get("/sign-in/mygov/", {"language": "en"} | query))
    liar.nonce = asked["nonce"]
    return asked, client.get("/sign-in/mygov/back/" + back_with(asked["state"], code="c"))


@pytest.fixture
def official(client, liar) -> User:
    """Signed in by the service, which may have asked them nothing."""
    asked, _answer = pass_by(client, liar)
    assert "prompt" not in asked
    return User.objects.get()


def test_having_come_by_a_service_is_no_proof(official, client, liar):
    assert client.get(ERASE).url == ANEW
    assert client.post(ERASE, {"sure": "yes"}).url == ANEW
    page = client.get(ANEW).content.decode()
    assert "/sign-in/mygov/?language=en&amp;next=%2Fen%2Fmy-learning%2Ferase%2F" in page
    assert User.objects.get().is_active


def test_who_signed_in_anew_comes_back_and_goes_on(official, client, liar):
    liar.claims["auth_time"] = int(time.time())
    asked, answer = pass_by(client, liar, next=ERASE)
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert answer.url == ERASE
    assert client.get(ERASE).status_code == 200
    assert client.post(ERASE, {"sure": "yes"}).status_code == 302
    assert not User.objects.get().is_active


def test_a_service_that_did_not_ask_anew_is_not_believed(official, client, liar):
    liar.claims["auth_time"] = int(time.time()) - 3600
    _asked, answer = pass_by(client, liar, next=ERASE)
    assert answer.status_code == 502
    assert client.get(ERASE).url == ANEW


def test_a_proof_grows_old(official, client, liar, settings):
    pass_by(client, liar)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get(ERASE).url == ANEW


def test_who_comes_back_as_somebody_else_is_somebody_else(official, client, liar):
    liar.claims["sub"] = liar.person["sub"] = "another"
    assert pass_by(client, liar, next=ERASE)[1].url == ERASE
    client.post(ERASE, {"sure": "yes"})
    official.refresh_from_db()
    assert official.is_active


def test_ways_of_signing_in_are_changed_after_a_proof_only(official, client, liar):
    way = SocialAccount.objects.get()
    anew = "/en/account/confirm/service/?next=%2Fen%2Faccount%2F"
    assert client.post(f"/en/account/services/{way.pk}/").url == anew
    Issuer.objects.create(
        key="other", name={"en": "Other"}, url=liar.url, client_id=CLIENT, active=True
    )
    page = client.get("/en/account/").content.decode()
    link = page.split('href="/sign-in/other/')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(f"/sign-in/other/{link}").url == anew


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "/\\evil.example/"])
def test_the_page_leads_nowhere_else(bad, official, client):
    page = client.get("/en/account/confirm/service/", {"next": bad}).content.decode()
    assert "evil" not in page.split("<main")[1]
    assert "next=%2Fen%2Faccount%2F" in page


def test_who_has_no_service_left_is_told_whom_to_ask(official, client):
    Issuer.objects.update(active=False)
    assert "Ask an administrator" in client.get(ANEW).content.decode()


def test_visitors_sign_in_first(client, db):
    assert client.get(ANEW).url.startswith("/en/account/login/?next=")
