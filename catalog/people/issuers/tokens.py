"""The ID token: who signed it, for whom, for how long, and in answer to which question."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

import jwt

from .trouble import SignInTrouble, Why

# No secret of ours verifies a token, so nothing symmetric, and never "none".
ALGORITHMS = frozenset(
    {
        *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        *("ES256", "ES384", "ES512", "EdDSA"),
    }
)
LONGEST_TOKEN = 32 * 1024
LONGEST_SUBJECT = 255
LEEWAY_SECONDS = 60


def verified(
    token: object,
    *,
    keys: Callable[[bool], dict[str, Any]],
    issuer: str,
    client_id: str,
    nonce: str,
) -> dict[str, Any]:
    """Its claims. Raises SignInTrouble unless everything fits.

    ``keys(anew)`` gives the issuer's key set; it is asked again when the token names a new key.
    """
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise SignInTrouble(Why.DOUBTFUL, "there is no ID token")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise SignInTrouble(Why.DOUBTFUL, "the ID token is signed in an unwanted way")
        key = _key(keys(False), header) or _key(keys(True), header)
        if key is None:
            raise SignInTrouble(Why.DOUBTFUL, "the ID token is signed with an unknown key")
        claims = jwt.decode(
            token,
            key.key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise SignInTrouble(Why.DOUBTFUL, f"ID token: {type(error).__name__}") from None
    _check(claims, client_id, nonce)
    return claims


def refuse_older(claims: dict[str, Any], since: int) -> None:
    """SignInTrouble when the service says that the person last signed in before ``since``.

    Services that were asked to sign somebody in anew have to say when; some do not.
    """
    told = claims.get("auth_time")
    if since and isinstance(told, int | float) and told < since - LEEWAY_SECONDS:
        raise SignInTrouble(Why.DOUBTFUL, "the person was not asked anew")


def _key(found: dict[str, Any], header: dict[str, Any]) -> jwt.PyJWK | None:
    """The key that the header names, or the only one that could have signed."""
    rows = [row for row in _rows(found) if row.get("use", "sig") == "sig"]
    if "kid" in header:
        rows = [row for row in rows if row.get("kid") == header["kid"]]
    usable = []
    for row in rows:
        try:
            usable.append(jwt.PyJWK(row, algorithm=header["alg"]))
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
    return usable[0] if len(usable) == 1 else None


def _rows(found: dict[str, Any]) -> list[dict[str, Any]]:
    rows = found.get("keys")
    return [row for row in rows[:50] if isinstance(row, dict)] if isinstance(rows, list) else []


def _check(claims: dict[str, Any], client_id: str, nonce: str) -> None:
    subject = claims["sub"]
    is_text = isinstance(subject, str) and subject.isprintable()
    if not is_text or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise SignInTrouble(Why.DOUBTFUL, "the ID token names nobody")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise SignInTrouble(Why.DOUBTFUL, "the ID token answers another question")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise SignInTrouble(Why.DOUBTFUL, "the ID token is for somebody else")
