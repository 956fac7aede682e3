"""Access tokens for tools: given for a signed assertion, asked for at every service."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import jwt

from catalog.lms.results import Trouble

from .keys import ALGORITHM, tool_keys, verify
from .launch import LINE_ITEM, LINE_ITEM_READ, LONGEST_VALUE, MEMBERS, SCORE
from .replies import Refused, Reply
from .stores import Platform, Registration

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SCOPES = (LINE_ITEM, LINE_ITEM_READ, SCORE, MEMBERS)
TOKEN_SECONDS = 3600
# An assertion is for this moment; tools give it a minute.
LONGEST_ASSERTION = 3600


def token(platform: Platform, form: Mapping[str, str]) -> Reply:
    """The answer at the token address."""
    try:
        registration = _client(platform, form)
        asked = str(form.get("scope", ""))[:LONGEST_VALUE].split()
        scopes = [scope for scope in SCOPES if scope in asked]
        if not scopes:
            raise Refused(400, "invalid_scope")
    except Refused as refused:
        return refused.reply()
    key = platform.keys.signing()
    claims = {
        "iss": platform.issuer,
        "aud": platform.base,
        "sub": registration.client_id,
        "scope": " ".join(scopes),
        "exp": int(time.time()) + TOKEN_SECONDS,
    }
    access = jwt.encode(claims, key.private_pem, ALGORITHM, headers={"kid": key.kid})
    told = {
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": claims["scope"],
    }
    return Reply(200, told, headers={"Cache-Control": "no-store"})


def _client(platform: Platform, form: Mapping[str, str]) -> Registration:
    """The tool that signed the assertion; each assertion serves once."""
    if form.get("grant_type") != "client_credentials":
        raise Refused(400, "unsupported_grant_type")
    assertion = form.get("client_assertion", "")
    if form.get("client_assertion_type") != ASSERTION_TYPE or len(assertion) > 2 * LONGEST_VALUE:
        raise Refused(400, "invalid_request")
    try:
        unproven = jwt.decode(assertion, options={"verify_signature": False})
        kid = str(jwt.get_unverified_header(assertion).get("kid", ""))
    except jwt.PyJWTError as error:
        raise Refused(400, "invalid_request", "client_assertion") from error
    registration = platform.directory.registration(str(unproven.get("iss", "")))
    if registration is None:
        raise Refused(401, "invalid_client", "unknown")
    try:
        claims = verify(
            assertion,
            tool_keys(platform.services, registration.jwks_url, kid),
            audience=platform.token_url,
            issuer=registration.client_id,
            options={"require": ["exp", "sub", "aud", "iss"]},
        )
    except Trouble as trouble:
        raise Refused(401, "invalid_client", "the tool's keys cannot be fetched") from trouble
    except (jwt.PyJWTError, ValueError) as error:
        raise Refused(401, "invalid_client", type(error).__name__) from error
    _refuse_reuse(platform, registration, assertion, claims)
    return registration


def _refuse_reuse(
    platform: Platform, registration: Registration, assertion: str, claims: Mapping[str, object]
) -> None:
    if claims["sub"] != registration.client_id:
        raise Refused(401, "invalid_client", "sub")
    expires = float(str(claims["exp"]))
    if expires > time.time() + LONGEST_ASSERTION:
        raise Refused(401, "invalid_client", "exp is too far away")
    # The part before the last dot is what was signed; a signature may be written in several ways.
    name = str(claims.get("jti") or "") or assertion.rpartition(".")[0]
    mark = hashlib.sha256(f"{registration.client_id} {name}".encode()).hexdigest()
    until = datetime.fromtimestamp(expires + 60, UTC)
    if not platform.once.first_time(f"lti-assertion-{mark}", until):
        raise Refused(401, "invalid_client", "used before")


def client_of(platform: Platform, authorization: str, *scopes: str) -> Registration:
    """The tool that shows an access token good for one of ``scopes``; ``Refused`` otherwise."""
    kind, _space, access = authorization.partition(" ")
    if kind.lower() != "bearer" or len(access) > 2 * LONGEST_VALUE:
        raise Refused(401, "invalid_token")
    try:
        claims = verify(
            access.strip(),
            platform.keys.published(),
            audience=platform.base,
            issuer=platform.issuer,
            options={"require": ["exp", "sub", "aud", "iss"]},
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise Refused(401, "invalid_token", type(error).__name__) from error
    if not set(scopes) & set(str(claims.get("scope", "")).split()):
        raise Refused(403, "insufficient_scope")
    registration = platform.directory.registration(str(claims["sub"]))
    if registration is None:
        raise Refused(401, "invalid_token", "the tool is gone")
    return registration
