"""What cannot be undone is for those who have just shown who they are."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


def is_fresh(request: HttpRequest) -> bool:
    """Whether they typed a password or a code here a moment ago, or signed in anew elsewhere.

    A service may let people in without asking them anything, so having come by one is no proof.
    """
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record["at"] > since and _is_proof(record) for record in records)


def ask_again(request: HttpRequest, back: str) -> HttpResponse:
    """The way to show it; then people come ``back``, an address of ours."""
    if get_reauthentication_flows(request.user):
        raise ReauthenticationRequired
    return HttpResponseRedirect(f"{reverse('account_sign_in_anew')}?{urlencode({'next': back})}")


def _is_proof(record: dict[str, Any]) -> bool:
    return record["method"] in ("password", "mfa") or bool(record.get("reauthenticated"))
