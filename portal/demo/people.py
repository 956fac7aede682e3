"""The demo's accounts, one for each role; what opens them is made up for each installation."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import settings
from django.contrib.auth.models import Group

from catalog.models import Provider
from catalog.people.models import Institution, User

from .records import remember

LEARNER = "official"
ROLES = ("editor", "translator", "moderator", "administrator")


def _file():
    return settings.DATA_DIR / "demo-sign-in.json"


def load_people() -> None:
    """Accounts that are not there yet; they work for every provider of the demo."""
    known = {row["role"]: row for row in sign_ins()}
    for role in ROLES:
        email = f"{role}@demo.example"
        if User.objects.filter(email=email).exists():
            continue
        password = secrets.token_urlsafe(9)
        user = User.objects.create_user(email=email, password=password, last_name=role.title())
        user.groups.add(Group.objects.get(name=role))
        remember(user)
        for provider in Provider.objects.all():
            provider.team.add(user)
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        known[role] = {
            "role": role,
            "username": email,
            "password": password,
            "second_step": secret,
        }
    if not User.objects.filter(email=f"{LEARNER}@demo.example").exists():
        known[LEARNER] = _official()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    _file().touch(mode=0o600)
    _file().write_text(json.dumps(list(known.values())))


def _official() -> dict[str, Any]:
    """Somebody who learns: works in a ministry of the demo, and needs no second step."""
    email, password = f"{LEARNER}@demo.example", secrets.token_urlsafe(9)
    institution = Institution.objects.filter(country__code="az").order_by("pk").first()
    person = User.objects.create_user(
        email=email,
        password=password,
        first_name="Aynur",
        last_name="Quliyeva",
        institution=institution,
        country=institution and institution.country,
    )
    remember(person)
    return {"role": LEARNER, "username": email, "password": password}


def sign_ins() -> list[dict[str, Any]]:
    """What ``make run`` prints: role, username, password; and the key of the second step."""
    try:
        return json.loads(_file().read_text())
    except (OSError, ValueError):
        return []


def second_step(role: str) -> str:
    """The code that an app would show now for the demo's person of this role; "" if unknown."""
    found = (row.get("second_step", "") for row in sign_ins() if row["role"] == role)
    secret = next(found, "")
    step = int(time.time()) // settings.MFA_TOTP_PERIOD
    return format_hotp_value(hotp_value(secret, step)) if secret else ""


def forget_sign_ins() -> None:
    """After the accounts are gone."""
    _file().unlink(missing_ok=True)
