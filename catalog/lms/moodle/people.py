"""Accounts in Moodle: look first, create, and when that fails look again."""

from __future__ import annotations

from typing import Any

from catalog.lms.reading import rows, text
from catalog.lms.reasons import Outcome, Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import Account, Person

from .api import Moodle
from .errors import MoodleTrouble

# What Moodle stores at most.
NAME_CHARACTERS, EMAIL_CHARACTERS = 100, 100


def ensure(moodle: Moodle, person: Person) -> Result[Account]:
    """The account with the person's username, or, where the connection says so, with the e-mail."""
    username = person.username.lower()
    if user := _one(moodle, "username", username):
        return _taken(user)
    if not person.email:
        raise Trouble(Reason.EMAIL_MISSING)
    if user := _one(moodle, "email", person.email):
        # Another worker may have made the account since the first look.
        is_own = user.get("username") == username
        if is_own or (moodle.options.get("match_email") == "yes" and person.email_verified):
            return _taken(user)
        raise Trouble(Reason.EMAIL_TAKEN)
    try:
        created = rows(moodle.call("core_user_create_users", users=[_row(moodle, person)]))
    except Trouble as trouble:
        return _look_again(moodle, username, trouble)
    if not created or not created[0].get("id"):
        raise Trouble(Reason.UNEXPECTED, "core_user_create_users")
    return Result(Reason.DONE, Account(str(created[0]["id"]), username))


def by_number(moodle: Moodle, account: Account) -> dict[str, Any]:
    """The user as Moodle has it now; ``Trouble`` when it is gone or suspended."""
    user = _one(moodle, "id", account.id)
    if user is None:
        raise Trouble(Reason.NO_ACCOUNT)
    if user.get("suspended"):
        raise Trouble(Reason.ACCOUNT_SUSPENDED)
    return user


def _one(moodle: Moodle, field: str, value: str) -> dict[str, Any] | None:
    found = rows(moodle.call("core_user_get_users_by_field", field=field, values=[value]))
    # Databases may compare without regard to accents; the portal does not. A field that the
    # token may not see is not told.
    same = [row for row in found if str(row.get(field, value)).lower() == value.lower()]
    return same[0] if len(same) == 1 else None


def _taken(user: dict[str, Any]) -> Result[Account]:
    account = Account(str(user.get("id", "")), text(user.get("username"), 100))
    if user.get("suspended"):
        return Result(Reason.ACCOUNT_SUSPENDED, account)
    return Result(Reason.ALREADY, account)


def _row(moodle: Moodle, person: Person) -> dict[str, Any]:
    """Moodle wants lower case usernames, both names, and only languages that it has."""
    auth = moodle.options.get("auth", "") or "oauth2"
    row: dict[str, Any] = {
        "username": person.username.lower(),
        "firstname": person.first_name.strip()[:NAME_CHARACTERS] or "-",
        "lastname": person.last_name.strip()[:NAME_CHARACTERS] or "-",
        "email": person.email[:EMAIL_CHARACTERS],
        "auth": auth,
    }
    if auth == "manual":
        row["createpassword"] = True
    installed = moodle.options.get("languages", "").replace(",", " ").split()
    if person.language in installed:
        row["lang"] = person.language
    return row


def _look_again(moodle: Moodle, username: str, trouble: Trouble) -> Result[Account]:
    """Moodle hides the cause; a time-out or a race may have left the account there."""
    is_refusal = isinstance(trouble, MoodleTrouble) and trouble.reason is Reason.UNEXPECTED
    if trouble.outcome is not Outcome.RETRY and not is_refusal:
        raise trouble
    if user := _one(moodle, "username", username):
        return Result(Reason.DONE, _taken(user).value)
    if is_refusal:
        raise Trouble(Reason.ACCOUNT_REFUSED, raw=trouble.raw) from trouble
    raise trouble
