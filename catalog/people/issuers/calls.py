"""Requests to a sign-in service: the same way out that connections to LMSs take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from catalog.lms.http import Client, Limits
from catalog.lms.results import Trouble
from catalog.lms.services import Services

from .trouble import SignInTrouble, Why

# Somebody waits in front of the screen.
LIMITS = Limits(size=512 * 1024, connect=4.0, read=6.0, total=10.0)
PER_MINUTE = 1200.0


def ask(
    method: str,
    address: str,
    *,
    query: Mapping[str, str] | None = None,
    form: list[tuple[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The JSON object that ``address`` answers with.

    Raises SignInTrouble: SILENT when it does not answer, DOUBTFUL for anything but an object.
    """
    services = Services(frozenset(settings.SIGN_IN_PRIVATE_HOSTS))
    client = Client(address, services, per_minute=PER_MINUTE)
    try:
        with client.open(
            method, "", query=query, form=form, headers=headers, limits=LIMITS
        ) as reply:
            status, found = reply.status, reply.json()
    except Trouble as trouble:
        why = Why.DOUBTFUL if trouble.reason.name in _ANSWERED else Why.SILENT
        raise SignInTrouble(why, f"{client.host}: {trouble.reason.name}") from None
    if not isinstance(found, dict):
        raise SignInTrouble(Why.DOUBTFUL, f"{client.host}: no JSON object")
    if status >= 400:
        error = str(found.get("error", ""))[:60]
        raise SignInTrouble(Why.DOUBTFUL, f"{client.host}: {status} {error!r}")
    return found


# It did answer, but not as a sign-in service should.
_ANSWERED = frozenset({"NOT_JSON", "TOO_LARGE", "WRONG_ADDRESS"})
