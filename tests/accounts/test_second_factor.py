"""Who may open the administration signs in with a second factor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from catalog.people.models import UsedCode
from catalog.people.signin.codes import first_time
from tests.accounts.codes import PASSWORD, code, give_second_factor, recovery_codes
from tests.factories import make_user

LOGIN = "/az/account/login/"
CODE = "/az/account/second-step/code/"
SET_UP = "/az/account/second-step/set-up/"


@pytest.fixture
def editor(roles):
    return make_user("editor", language="az")


def sign_in(client, person, **kwargs):
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD} | kwargs)


def test_visitors_of_the_administration_are_sent_to_the_sign_in_page(roles, client):
    client.cookies["language"] = "az"
    answer = client.get("/admin/")
    assert answer.url == f"{LOGIN}?next=/admin/"
    assert client.get("/admin/login/?next=/admin/pages/").url == f"{LOGIN}?next=/admin/pages/"
    assert client.get("/admin/password_reset/").url == "/az/account/password/reset/"


def test_the_password_alone_does_not_open_the_administration(editor, client):
    give_second_factor(editor)
    assert sign_in(client, editor).url == CODE
    assert client.get("/admin/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_with_the_code_of_the_app_it_opens(editor, client):
    secret = give_second_factor(editor)
    sign_in(client, editor, next="/admin/")
    answer = client.post(CODE, {"code": code(secret)})
    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_does_not_open_it(editor, client):
    give_second_factor(editor)
    sign_in(client, editor)
    answer = client.post(CODE, {"code": "000000"})
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_code_counts_once(editor, client):
    secret = give_second_factor(editor)
    old = code(secret, ago=30)
    sign_in(client, editor)
    assert client.post(CODE, {"code": old}).status_code == 302
    # Another process shares nothing with this one but the database.
    cache.clear()
    other = Client()
    sign_in(other, editor)
    assert other.post(CODE, {"code": f" {old[:3]} {old[3:]}"}).status_code == 200
    assert other.get("/admin/").status_code == 302


def test_codes_of_one_person_are_forgotten_when_they_hold_no_more(editor, db):
    assert first_time(editor, "123 456")
    assert not first_time(editor, "123456")
    assert first_time(make_user(), "123456")
    UsedCode.objects.filter(user=editor).update(until=timezone.now() - timedelta(seconds=1))
    assert first_time(editor, "123456")
    assert UsedCode.objects.filter(user=editor).count() == 1


def test_a_lost_key_of_the_portal_is_told_in_words(editor, client, settings):
    secret = give_second_factor(editor)
    settings.SECRET_KEY = "another key, and the old one is in no list"
    sign_in(client, editor)
    answer = client.post(CODE, {"code": code(secret)})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
    assert "Traceback" not in page
    assert 'class="sorry"' in page
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_it_once(editor, client):
    give_second_factor(editor)
    first = recovery_codes(editor)[0]
    sign_in(client, editor)
    assert client.post(CODE, {"code": first}).status_code == 302
    assert client.get("/admin/").status_code == 200
    other = Client()
    sign_in(other, editor)
    assert other.post(CODE, {"code": first}).status_code == 200


def test_staff_set_it_up_at_their_first_sign_in_and_get_recovery_codes(editor, client):
    sign_in(client, editor, next="/admin/")
    client.cookies["language"] = "az"
    assert client.get("/admin/").url.startswith(SET_UP)
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    secret = re.search(r'account__key">([A-Z2-7]+)<', page)[1]
    answer = client.post(SET_UP, {"code": code(secret)}, follow=True)
    assert recovery_codes(editor)[0] in answer.content.decode()
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_is_asked_for_the_code(editor, client):
    sign_in(client, editor)
    secret = give_second_factor(editor)
    client.cookies["language"] = "az"
    confirm = client.get("/admin/pages/").url
    assert confirm.startswith("/az/account/second-step/confirm/")
    assert client.post(confirm, {"code": code(secret)}).url == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_the_secret_lies_encrypted_in_the_database(editor):
    secret = give_second_factor(editor)
    stored = str(Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored
    assert Authenticator.objects.count() == 2


def test_people_without_staff_rights_need_none(roles, client):
    person = make_user()
    assert sign_in(client, person).url == "/az/account/"
    assert client.get("/az/account/").status_code == 200


def test_people_without_staff_rights_are_told_so_and_not_sent_round_in_circles(roles, client):
    client.force_login(make_user())
    answer = client.get("/admin/reports/", follow=True)
    assert (answer.status_code, answer.redirect_chain) == (403, [])
