"""Keys are changed without losing anything, and a lost one is told to whoever runs the portal."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.people.models import Issuer
from tests.accounts.codes import code, give_second_factor, recovery_codes
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings):
    """A client secret and a second step, under the first key."""
    settings.SECRETS_KEY = ["the first"]
    settings.SECRET_KEY = "of sessions"
    person = make_user()
    Issuer.objects.create(key="asan", name={"en": "ASAN"}, client_id="x", secret="s3cret")
    return person, give_second_factor(person), recovery_codes(person)


def report(client) -> dict:
    return client.get("/readyz").json()["parts"]["secrets"]


def check() -> str:
    said = StringIO()
    call_command("check", databases=["default"], stderr=said)
    return said.getvalue()


def test_after_a_change_of_keys_the_old_one_can_be_dropped(stored, settings, client):
    person, secret, codes = stored
    settings.SECRETS_KEY = ["the second", "the first"]
    call_command("rotate_secrets", stdout=StringIO())
    settings.SECRETS_KEY = ["the second"]
    assert Issuer.objects.get().secret == "s3cret"
    assert recovery_codes(person) == codes
    row = person.authenticator_set.get(type="totp")
    assert row.wrap().validate_code(code(secret))
    assert report(client)["degraded"] is False
    assert "W001" not in check()


def test_a_key_that_is_gone_too_early_is_noticed(stored, settings, client):
    settings.SECRETS_KEY = ["the second"]
    assert Issuer.objects.get().secret == ""
    part = report(client)
    assert (part["ok"], part["degraded"]) == (True, True)
    assert "SECRETS_KEY" in part["detail"]
    assert "people.Issuer" in part["detail"]
    assert "mfa.Authenticator" in part["detail"]
    said = check()
    assert "1 secrets of people.Issuer cannot be opened." in said
    assert "2 secrets of mfa.Authenticator cannot be opened." in said
    with pytest.raises(CommandError, match="3 secrets cannot be opened"):
        call_command("rotate_secrets", stdout=StringIO())
    # Nothing was written over: the key may be found again.
    settings.SECRETS_KEY = ["the second", "the first"]
    assert Issuer.objects.get().secret == "s3cret"
    assert report(client)["degraded"] is False
