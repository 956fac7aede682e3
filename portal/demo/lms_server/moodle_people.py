"""Functions about people."""

from __future__ import annotations

import secrets
from typing import Any

from .moodle_calls import Call, MoodleError
from .site import User

FIELDS = {"id", "idnumber", "username", "email"}


def row_of(call: Call, user: User) -> dict[str, Any]:
    """As the service account sees them."""
    row = {
        "id": user.number,
        "username": user.username,
        "firstname": user.first_name,
        "lastname": user.last_name,
        "fullname": f"{user.first_name} {user.last_name}",
        "auth": user.auth,
        "suspended": user.suspended,
        "confirmed": True,
        "lang": user.lang,
    }
    return row | ({"email": user.email} if call.may("moodle/course:useremail") else {})


def users_by_field(call: Call) -> list[dict[str, Any]]:
    """Missing ones are simply absent."""
    name = call.text("field")
    if name not in FIELDS:
        raise MoodleError("invalidparameter")
    found = [user for value in call.rows("values") for user in call.site.user_named(name, value)]
    return [row_of(call, user) for user in found]


def create_users(call: Call) -> list[dict[str, Any]]:
    """One transaction: one bad row, and none is created. The cause is not told."""
    rows = call.rows("users")
    for row in rows:
        _check(call, row)
    made = []
    for row in rows:
        user = call.site.add_user(
            row["username"],
            first_name=row["firstname"],
            last_name=row["lastname"],
            email=row["email"],
            auth=row.get("auth", "manual"),
            lang=row.get("lang", "en"),
        )
        made.append({"id": user.number, "username": user.username})
    return made


def _check(call: Call, row: Any) -> None:
    needed = ("username", "firstname", "lastname", "email")
    has_all = isinstance(row, dict) and all(row.get(name) for name in needed)
    if not has_all or row["username"] != row["username"].lower() or "@" not in row["email"]:
        raise MoodleError("invalidparameter")
    if row.get("lang", "en") not in call.site.languages:
        raise MoodleError("invalidparameter")
    if call.site.user_named("username", row["username"]):
        raise MoodleError("invalidparameter")
    if call.site.user_named("email", row["email"]):
        raise MoodleError("invalidparameter")
    if row.get("auth", "manual") == "manual" and row.get("createpassword") != "1":
        password = row.get("password", "")
        raise MoodleError("weak_password" if password else "invalidparameter")


def login_url(call: Call) -> dict[str, str]:
    """The plugin auth_userkey: a key for one use."""
    given = call.form.get("user")
    name, value = next(iter(given.items())) if isinstance(given, dict) and given else ("", "")
    found = call.site.user_named(name, value) if name in FIELDS else []
    if len(found) != 1:
        raise MoodleError("invalidparameter")
    key = secrets.token_hex(16)
    call.site.login_keys[key] = found[0].number
    return {"loginurl": f"{call.site.root}/auth/userkey/login.php?key={key}"}


FUNCTIONS = {
    "core_user_get_users_by_field": users_by_field,
    "core_user_create_users": create_users,
    "auth_userkey_request_login_url": login_url,
}
