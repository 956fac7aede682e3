"""Where an OpenID Connect service does what: read from its own description, checked, kept."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from catalog.lms.addresses import is_listed
from catalog.lms.http import LOCAL

from .calls import ask
from .trouble import SignInTrouble, Why

SECONDS_KEPT = 600
# New keys are looked for when an unknown one signs, but not for every forged token.
SECONDS_BETWEEN_LOOKS = 30
LONGEST_ADDRESS = 500
PATH = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Description:
    """Addresses of a service; ``userinfo`` may be "". ``basic`` is how it wants the secret."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    basic: bool


def description(url: str) -> Description:
    """Of the service with this address. Raises SignInTrouble when it makes no sense."""
    key = f"issuer:{_digest(url)}"
    if kept := cache.get(key):
        return Description(**kept)
    found = _checked(url, ask("GET", url.rstrip("/") + PATH))
    cache.set(key, asdict(found), SECONDS_KEPT)
    return found


def signing_keys(address: str, *, anew: bool = False) -> dict[str, Any]:
    """The key set at ``address``; ``anew`` reads it again, unless that was just done."""
    key = f"issuer-keys:{_digest(address)}"
    kept = cache.get(key)
    if kept and not (anew and cache.add(f"{key}:looked", True, SECONDS_BETWEEN_LOOKS)):
        return kept
    found = ask("GET", address)
    cache.set(key, found, SECONDS_KEPT)
    return found


def is_acceptable(address: object) -> bool:
    """Whether ``address`` may be asked, or a reader be sent there: https, with nothing hidden."""
    if not isinstance(address, str) or len(address) > LONGEST_ADDRESS or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 80
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.fragment or " " in address:
        return False
    if parts.scheme == "https":
        return True
    listed = is_listed(host, port, frozenset(settings.SIGN_IN_PRIVATE_HOSTS))
    return parts.scheme == "http" and host in LOCAL and listed


def _checked(url: str, found: dict[str, Any]) -> Description:
    if str(found.get("issuer", "")).rstrip("/") != url.rstrip("/"):
        raise SignInTrouble(Why.DOUBTFUL, "the description names another issuer")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    for name in names:
        if not is_acceptable(found.get(name)):
            raise SignInTrouble(Why.DOUBTFUL, f"the description has no usable {name}")
    userinfo = found.get("userinfo_endpoint", "")
    methods = found.get("token_endpoint_auth_methods_supported")
    return Description(
        issuer=found["issuer"],
        authorization=found["authorization_endpoint"],
        token=found["token_endpoint"],
        keys=found["jwks_uri"],
        userinfo=userinfo if is_acceptable(userinfo) else "",
        # The standard's own default, for services that do not say.
        basic="client_secret_basic" in methods if isinstance(methods, list) else True,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
