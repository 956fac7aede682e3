"""Administrators connect an LMS of any kind; credentials go in and never come out."""

from __future__ import annotations

import pytest
from django.db import connection as database
from django.urls import reverse

from catalog import lms
from catalog.models import LMSConnection
from portal.demo.lms_server.fixtures import TOKEN

VIEWS = "wagtailsnippets_catalog_lmsconnection"
ADD = f"{VIEWS}:add"


def form(**kwargs: str) -> dict[str, str]:
    values = {f"name_{code}": "" for code in ("az", "tr", "ru", "kk")}
    return values | {"name_en": "Moodle", "code": "moodle", "active": "on"} | kwargs


def moodle_form(url: str, **kwargs: str) -> dict[str, str]:
    usual = {
        "option_url": url,
        "option_token": TOKEN,
        "option_role": "5",
        "option_auth": "oauth2",
        "option_match_email": "no",
        "option_sign_in": "no",
        "option_languages": "",
        "option_list_language": "",
        "option_rate": "60000",
        "list_megabytes": "256",
    }
    return form(**(usual | kwargs))


def add(client, kind: str, values: dict[str, str]):
    return client.post(reverse(ADD) + f"?kind={kind}", values)


def edit(client, connection: LMSConnection, values: dict[str, str]):
    return client.post(reverse(f"{VIEWS}:edit", args=[connection.pk]), values)


def raw_row(code: str) -> str:
    with database.cursor() as cursor:
        cursor.execute("SELECT * FROM catalog_lmsconnection WHERE code = %s", [code])
        return str(cursor.fetchone())


def test_the_kind_is_chosen_first(administrator):
    page = administrator.get(reverse(ADD))
    for kind in ("moodle", "openedx", "lti", "link"):
        assert f"?kind={kind}" in page.content.decode()
    assert "?kind=moodle" in administrator.get(reverse(ADD) + "?kind=nonsense").content.decode()


@pytest.mark.parametrize("kind", ["moodle", "openedx", "lti", "link"])
def test_each_kind_asks_for_what_it_needs(administrator, kind):
    page = administrator.get(reverse(ADD) + f"?kind={kind}").content.decode()
    for option in lms.fields(kind):
        assert f'name="option_{option.name}"' in page


def test_a_saved_token_is_encrypted_and_never_shown(administrator, there):
    assert add(administrator, "moodle", moodle_form(there.site.root)).status_code == 302
    stored = LMSConnection.objects.get(code="moodle")
    assert stored.all_options["token"] == TOKEN
    assert TOKEN not in raw_row("moodle")
    page = administrator.get(reverse(f"{VIEWS}:edit", args=[stored.pk])).content.decode()
    assert TOKEN not in page
    assert "Kept, and never shown." in page
    assert stored.secret_options not in page


def test_an_empty_secret_keeps_the_stored_one_and_a_typed_one_replaces_it(administrator, connect):
    stored = connect()
    url = stored.options["url"]
    assert edit(administrator, stored, moodle_form(url, option_token="")).status_code == 302
    stored.refresh_from_db()
    assert stored.all_options["token"] == TOKEN
    assert edit(administrator, stored, moodle_form(url, option_token="another")).status_code == 302
    stored.refresh_from_db()
    assert stored.all_options["token"] == "another"


def test_a_kept_secret_does_not_follow_the_address_to_another_machine(administrator, connect):
    stored = connect()
    values = moodle_form("https://elsewhere.example", option_token="")
    response = edit(administrator, stored, values)
    assert response.status_code == 200
    assert "The address has changed: type this once more." in response.content.decode()
    stored.refresh_from_db()
    assert stored.options["url"] != "https://elsewhere.example"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://moodle.example", "starts with https://"),
        ("https://name:password@moodle.example", "no password"),
        ("javascript:alert(1)", "starts with https://"),
        ("https://[", "cannot be read"),
    ],
)
def test_a_bad_address_is_named_and_nothing_is_saved(administrator, url, sentence):
    response = add(administrator, "moodle", moodle_form(url))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not LMSConnection.objects.exists()


def test_two_tools_cannot_have_one_client_id(administrator):
    values = {
        "option_client_id": "client-1",
        "option_deployment_id": "1",
        "option_login_url": "https://tool.example/login",
        "option_launch_urls": "https://tool.example/launch",
        "option_jwks_url": "https://tool.example/jwks",
    }
    assert add(administrator, "lti", form(**values)).status_code == 302
    response = add(administrator, "lti", form(**(values | {"code": "second"})))
    assert "Another connection has this client id." in response.content.decode()


def test_only_administrators_manage_connections(roles, sign_in, connect, academy):
    stored = connect()
    for role in ("editor", "moderator", "translator"):
        client = sign_in(role, academy)
        for name, args in (
            (ADD, []),
            (f"{VIEWS}:edit", [stored.pk]),
            (f"{VIEWS}:state", [stored.pk]),
        ):
            response = client.get(reverse(name, args=args))
            assert response.status_code in (302, 403)
            assert TOKEN not in response.content.decode()
        assert client.post(reverse(f"{VIEWS}:state", args=[stored.pk])).status_code in (302, 403)
    assert not hasattr(LMSConnection.objects.get(), "state")


def test_a_token_among_the_plain_options_is_encrypted_all_the_same(db):
    LMSConnection.objects.create(
        code="moodle",
        name={"en": "Moodle"},
        kind="moodle",
        options={"url": "https://moodle.example", "token": TOKEN},
    )
    assert TOKEN not in raw_row("moodle")
    stored = LMSConnection.objects.get()
    assert stored.all_options == {"url": "https://moodle.example", "token": TOKEN}


def test_secrets_whose_key_is_lost_are_kept_until_it_is_back(administrator, connect, settings):
    stored = connect()
    settings.SECRETS_KEY, before = ["another"], settings.SECRET_KEY
    settings.SECRET_KEY = "changed"
    stored = LMSConnection.objects.get(pk=stored.pk)
    assert stored.is_locked
    stored.save()
    settings.SECRET_KEY = before
    assert LMSConnection.objects.get(pk=stored.pk).all_options["token"] == TOKEN
