"""A launch in its two steps: to the tool's login, and back with a signed message."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt

from catalog.lms.values import Person

from .keys import ALGORITHM, verify
from .replies import FormPost, Refused
from .stores import Entry, Platform, Registration

HINT_SECONDS, MESSAGE_SECONDS = 600, 300
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS_CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS_CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
COURSE_TYPE = "http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"
LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
LINE_ITEM_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
HINT_AUDIENCE = "lti-message-hint"
LONGEST_VALUE = 4000
EXPECTED = {
    "scope": "openid",
    "response_type": "id_token",
    "response_mode": "form_post",
    "prompt": "none",
}


def login_url(platform: Platform, registration: Registration, entry: Entry, subject: str) -> str:
    """Step one: where the person's browser goes. The hint is signed, so nothing has to be kept."""
    hint = {
        "iss": platform.issuer,
        "aud": HINT_AUDIENCE,
        "sub": subject,
        "client_id": registration.client_id,
        "entry": entry.id,
        "exp": int(time.time()) + HINT_SECONDS,
    }
    query = {
        "iss": platform.issuer,
        "login_hint": subject,
        "target_link_uri": registration.launch_urls[0],
        "client_id": registration.client_id,
        "lti_deployment_id": registration.deployment_id,
        "lti_message_hint": _signed(platform, hint),
    }
    joint = "&" if "?" in registration.login_url else "?"
    return f"{registration.login_url}{joint}{urlencode(query)}"


def authorise(platform: Platform, asked: Mapping[str, str], subject: str) -> FormPost:
    """Step two: the tool sends the browser back; ``subject`` is the username of whoever is signed
    in, "" for nobody. ``Refused`` unless tool, address, person and course are those of step one."""
    registration = platform.directory.registration(_value(asked, "client_id"))
    if registration is None:
        raise Refused(400, "unauthorized_client")
    # Until the address is known to be the tool's, nothing is sent there, not even an error.
    redirect_uri = _value(asked, "redirect_uri")
    if redirect_uri not in registration.launch_urls:
        raise Refused(400, "invalid_request", "redirect_uri")
    for name, value in EXPECTED.items():
        if _value(asked, name) != value:
            raise Refused(400, "invalid_request", name)
    nonce = _value(asked, "nonce")
    if not nonce:
        raise Refused(400, "invalid_request", "nonce")
    if not subject:
        raise Refused(401, "login_required")
    if not hmac.compare_digest(_value(asked, "login_hint").encode(), subject.encode()):
        raise Refused(403, "access_denied", "login_hint")
    entry = _entry(platform, _value(asked, "lti_message_hint"), registration, subject)
    person = platform.directory.person(entry, subject)
    if person is None:
        raise Refused(403, "access_denied", "no place")
    claims = message(platform, registration, entry, person) | {"nonce": nonce}
    claims[f"{CLAIM}target_link_uri"] = redirect_uri
    fields = {"id_token": _signed(platform, claims), "state": _value(asked, "state")}
    return FormPost(redirect_uri, fields, _origins(registration))


def _origins(registration: Registration) -> tuple[str, ...]:
    """Of its launch addresses, each once."""
    parts = [urlsplit(url) for url in registration.launch_urls]
    return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))


def _value(asked: Mapping[str, str], name: str) -> str:
    value = asked.get(name, "")
    return value if isinstance(value, str) and len(value) <= LONGEST_VALUE else ""


def _entry(platform: Platform, hint: str, registration: Registration, subject: str) -> Entry:
    """The course that step one spoke of, for this person and this tool."""
    try:
        claims = verify(
            hint,
            platform.keys.published(),
            audience=HINT_AUDIENCE,
            issuer=platform.issuer,
            options={"require": ["exp", "sub", "aud", "iss"]},
        )
    except jwt.ExpiredSignatureError as error:
        raise Refused(400, "invalid_request", "lti_message_hint has expired") from error
    except (jwt.PyJWTError, ValueError) as error:
        raise Refused(400, "invalid_request", "lti_message_hint") from error
    if claims["sub"] != subject or claims.get("client_id") != registration.client_id:
        raise Refused(403, "access_denied", "lti_message_hint")
    entry = platform.directory.entry(str(claims.get("entry", "")))
    if entry is None or entry.client_id != registration.client_id:
        raise Refused(404, "invalid_request", "no such course")
    return entry


def message(
    platform: Platform, registration: Registration, entry: Entry, person: Person
) -> dict[str, Any]:
    """The claims of a resource link launch. Moodle insists on ``custom.id``."""
    now = int(time.time())
    roles = [f"{ROLE}{role}" for role in person.roles or ("Learner",)]
    claims: dict[str, Any] = {
        "iss": platform.issuer,
        "aud": registration.client_id,
        "sub": person.username,
        "iat": now,
        "exp": now + MESSAGE_SECONDS,
        f"{CLAIM}message_type": "LtiResourceLinkRequest",
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}deployment_id": registration.deployment_id,
        f"{CLAIM}target_link_uri": registration.launch_urls[0],
        f"{CLAIM}roles": roles,
        f"{CLAIM}context": {
            "id": entry.id,
            "label": entry.label or entry.id,
            "title": entry.title,
            "type": [COURSE_TYPE],
        },
        f"{CLAIM}resource_link": {"id": entry.id, "title": entry.title},
        f"{CLAIM}custom": {"id": entry.key},
        AGS_CLAIM: {
            "scope": [LINE_ITEM, LINE_ITEM_READ, SCORE],
            "lineitems": platform.line_items_url(entry),
        },
        NRPS_CLAIM: {
            "context_memberships_url": platform.members_url(entry),
            "service_versions": ["2.0"],
        },
    }
    told = {
        "given_name": person.first_name,
        "family_name": person.last_name,
        "name": f"{person.first_name} {person.last_name}".strip(),
        "email": person.email,
        "locale": person.language,
    }
    return claims | {name: value for name, value in told.items() if value}


def _signed(platform: Platform, claims: dict[str, Any]) -> str:
    key = platform.keys.signing()
    return jwt.encode(claims, key.private_pem, ALGORITHM, headers={"kid": key.kid})
