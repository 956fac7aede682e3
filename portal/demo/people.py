"""The demo's accounts, one for each role; passwords are made up for each installation."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group

from catalog.models import Provider
from catalog.people.models import User

from .records import remember

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
        known[role] = {"role": role, "username": email, "password": password}
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    _file().touch(mode=0o600)
    _file().write_text(json.dumps(list(known.values())))


def sign_ins() -> list[dict[str, Any]]:
    """What ``make run`` prints: role, username, password."""
    try:
        return json.loads(_file().read_text())
    except (OSError, ValueError):
        return []


def forget_sign_ins() -> None:
    """After the accounts are gone."""
    _file().unlink(missing_ok=True)
