"""How tests sign in as staff do: with the second factor given."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from catalog.people.models import User


def sign_in_as_staff(client: Client, person: User) -> None:
    """``client`` is signed in as ``person``, who has given a code: the administration opens."""
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "mfa", type="totp")
    request.session.save()
