"""Signing in with e-mail and password, getting a new password, and what a stranger learns."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.accounts.codes import PASSWORD
from tests.factories import LANGUAGES, make_user

LOGIN = "/az/account/login/"
RESET = "/az/account/password/reset/"
NEW = "yepyeni gizli söz 2026"


@pytest.fixture
def person(db):
    return make_user(email="Leyla@example.org", first_name="Leyla", last_name="Əliyeva")


def sign_in(client, person, **kwargs):
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD} | kwargs)


def words(answer):
    """What a reader sees, without the token of the form and what they typed themselves."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_the_address_is_taken_in_whatever_case(person, client):
    assert sign_in(client, person, login="LEYLA@Example.org").status_code == 302


def test_the_session_is_another_one_after_signing_in_and_gone_after_signing_out(person, client):
    client.session.save()
    before = client.session.session_key
    sign_in(client, person)
    during = client.session.session_key
    assert during not in ("", before)
    assert client.get("/az/account/logout/").status_code == 200
    assert client.post("/az/account/logout/").url == "/az/"
    assert client.get("/az/account/").status_code == 302
    assert client.cookies["sessionid"].value == ""


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_leads_nowhere_else(bad, person, client):
    assert sign_in(client, person, next=bad).url == "/az/account/"


def test_next_leads_back_to_where_one_came_from(person, client):
    assert sign_in(client, person, next="/az/kataloq/?q=x").url == "/az/kataloq/?q=x"


def test_a_stranger_does_not_learn_who_has_an_account(person):
    known = Client().post(LOGIN, {"login": person.email, "password": "wrong"})
    unknown = Client().post(LOGIN, {"login": "nobody@example.org", "password": "wrong"})
    make_user(email="gone@example.org", is_active=False)
    closed = Client().post(LOGIN, {"login": "gone@example.org", "password": PASSWORD})
    assert words(known) == words(unknown) == words(closed)
    assert known.status_code == unknown.status_code == closed.status_code == 200


def test_guessing_is_slowed_down(person, client):
    for _attempt in range(5):
        client.post(LOGIN, {"login": person.email, "password": "wrong"})
    assert sign_in(client, person).status_code == 200
    assert "_auth_user_id" not in client.session


def test_too_many_attempts_from_one_place_are_refused_in_the_readers_language(
    person, client, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for number in range(4):
        answer = client.post(LOGIN, {"login": f"x{number}@example.org", "password": "wrong"})
    assert answer.status_code == 429
    assert '<html lang="az"' in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_password_comes_by_mail_in_the_language_of_who_gets_it(language, db, client):
    person = make_user(language=language)
    other = "en" if language != "en" else "az"
    client.post(f"/{other}/account/password/reset/", {"email": person.email.upper()})
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    link = re.search(rf"http://\S+(/{language}/account/password/reset/\S+)", sent.body)[1]
    form = client.get(link).url
    assert "set-password" in form
    answer = client.post(form, {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert sign_in(Client(), person, password=NEW).status_code == 302
    assert client.get(link).status_code == 200
    assert Client().get(link).status_code == 200
    assert "_auth_user_id" not in client.session


def test_asking_for_a_password_says_the_same_to_everybody(person):
    known = Client().post(RESET, {"email": person.email}, follow=True)
    unknown = Client().post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert words(known) == words(unknown)
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_who_has_no_password_is_given_none_by_mail(db, client):
    person = make_user()
    person.set_unusable_password()
    person.save()
    client.post(RESET, {"email": person.email})
    assert not mail.outbox


def test_a_changed_password_is_told_by_mail(person, client):
    sign_in(client, person)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/az/account/password/", form).url == "/az/account/"
    assert "Əliyeva" in mail.outbox[0].body
    assert client.get("/az/account/").status_code == 200
    assert sign_in(Client(), person).status_code == 200
    assert sign_in(Client(), person, password=NEW).status_code == 302


def test_nobody_registers_themselves(db, client):
    assert client.get("/az/account/signup/").status_code == 404


@pytest.mark.parametrize("path", ["login/", "password/reset/", "logout/", "", "second-step/"])
def test_these_pages_are_kept_by_nobody(path, person, client):
    answer = client.get(f"/az/account/{path}")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    sign_in(client, person)
    answer = client.get(f"/az/account/{path}")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("bad", ["\x00", "a" * 5000, "@", "İstanbul@çağ.tr", "' or 1=1 --"])
def test_nonsense_is_answered_with_the_form(bad, db, client):
    for field in ("login", "password"):
        answer = client.post(LOGIN, {"login": "a@example.org", "password": "x"} | {field: bad})
        assert answer.status_code == 200
    assert client.post(RESET, {"email": bad}).status_code in (200, 302)
    for address in ("1-abc/", "zzzzzzzzzzzzzzzzzzz-x/", f"1-{'a' * 90}/"):
        assert client.get(f"{RESET}{address}").status_code == 200
