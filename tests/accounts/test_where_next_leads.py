"""``next`` leads back to pages of the portal, wherever it is taken."""

from __future__ import annotations

import pytest

from tests.accounts.codes import PASSWORD, code, give_second_factor
from tests.factories import make_user
from tests.signing_in import sign_in_freshly

ACCOUNT = "/en/account/"
BAD = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:evil.example/",
    "javascript:alert(1)",
    " https://evil.example/",
    "https://testserver@evil.example/",
    "/\t/evil.example/",
]


@pytest.fixture
def person(db):
    return make_user()


def ask_for_password(client, person, there):
    client.force_login(person)
    return client.post(f"{ACCOUNT}confirm/", {"password": PASSWORD, "next": there})


def ask_for_code(client, person, there):
    secret = give_second_factor(person)
    client.force_login(person)
    return client.post(f"{ACCOUNT}second-step/confirm/", {"code": code(secret), "next": there})


def sign_in(client, person, there):
    return client.post(
        f"{ACCOUNT}login/", {"login": person.email, "password": PASSWORD, "next": there}
    )


def sign_in_in_two_steps(client, person, there):
    secret = give_second_factor(person)
    sign_in(client, person, there)
    return client.post(f"{ACCOUNT}second-step/code/", {"code": code(secret)})


def sign_in_again(client, person, there):
    sign_in_freshly(client, person)
    return client.get(f"{ACCOUNT}login/", {"next": there})


def sign_out(client, person, there):
    client.force_login(person)
    return client.post(f"{ACCOUNT}logout/", {"next": there})


WAYS = [ask_for_password, ask_for_code, sign_in, sign_in_in_two_steps, sign_in_again, sign_out]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("there", BAD)
def test_it_leads_to_no_other_site(way, there, client, person):
    assert way(client, person, there).url in (ACCOUNT, "/en/")


@pytest.mark.parametrize("way", WAYS)
def test_it_leads_back(way, client, person):
    there = "/az/my-learning/"
    assert way(client, person, there).url == there
