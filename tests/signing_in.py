"""How tests sign in: staff with the second factor given, others having just shown who they are."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from catalog.people.models import User


def sign_in_as_staff(client: Client, person: User) -> None:
    """``client`` is signed in as ``person``, who has given a code: the administration opens."""
    client.force_login(person)
    _record(client, person, "mfa", type="totp")


def sign_in_freshly(client: Client, person: User) -> None:
    """``client`` is signed in as ``person``, who has typed the password a moment ago."""
    client.force_login(person)
    _record(client, person, "password")


def _record(client: Client, person: User, method: str, **told: str) -> None:
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, method, **told)
    request.session.save()
