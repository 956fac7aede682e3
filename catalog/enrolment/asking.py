"""Asks an LMS about people who have an account there; what goes wrong is an answer too."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from catalog.lms import Ability, Account, Connector, Reason, Result, Trouble
from catalog.models import LMSConnection

from .models import LMSAccount

logger = logging.getLogger(__name__)

T = TypeVar("T")


def accounts_in(connection: LMSConnection, people: Iterable[int]) -> dict[int, Account]:
    """Accounts by the number of the person; who has none there yet is left out. One query."""
    rows = LMSAccount.objects.filter(connection=connection, person__in=set(people))
    names = rows.exclude(remote_id="").values_list("person", "remote_id", "username")
    return {person: Account(remote, username) for person, remote, username in names}


def ask(
    connection: LMSConnection,
    account: Account | None,
    ability: Ability,
    question: Callable[[Connector, Account], Result[T]],
) -> Result[T]:
    """The answer of the LMS; NO_ACCOUNT without an account, NOT_OFFERED without the ability."""
    if account is None:
        return Result(Reason.NO_ACCOUNT)
    try:
        connector = connection.connector
        if ability not in connector.abilities:
            return Result(Reason.NOT_OFFERED)
        return question(connector, account)
    except Trouble as trouble:
        return trouble.result()
    except Exception:
        logger.exception("%s could not be asked of %s", ability, connection.code)
        return Result(Reason.UNEXPECTED)
