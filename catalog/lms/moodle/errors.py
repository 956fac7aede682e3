"""What Moodle's error codes mean. It sends them with HTTP 200; only the code is to be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble, plain

CODES = {
    "upgraderunning": Reason.UPGRADING,
    "dbconnectionfailed": Reason.DATABASE_DOWN,
    "dmlwriteexception": Reason.WRITE_RACE,
    "invalidtoken": Reason.TOKEN_REFUSED,
    "invalidlogin": Reason.TOKEN_REFUSED,
    "servicenotavailable": Reason.TOKEN_REFUSED,
    "accessexception": Reason.ACCESS_REFUSED,
    "nopermissions": Reason.RIGHT_MISSING,
    "forcepasswordchangenotice": Reason.PASSWORD_CHANGE,
    "wsaccessusersuspended": Reason.SERVICE_ACCOUNT,
    "wsaccessuserunconfirmed": Reason.SERVICE_ACCOUNT,
    "coursehidden": Reason.HIDDEN,
    "canntenrol": Reason.CLOSED,
    "wsnoinstance": Reason.NO_METHOD,
    "wsusercannotassign": Reason.ROLE,
    "invaliduser": Reason.NO_ACCOUNT,
    "usernotenroled": Reason.NOT_ENROLLED,
}
# Codes whose detail is the function that was called.
_NAMES_FUNCTION = {Reason.ACCESS_REFUSED, Reason.RIGHT_MISSING, Reason.FUNCTION_UNKNOWN}


class MoodleTrouble(Trouble):
    """Trouble with Moodle's own ``code``, for those who know what they asked."""

    def __init__(self, reason: Reason, code: str, detail: str, raw: str) -> None:
        super().__init__(reason, detail, raw)
        self.code = code


def is_error(answer: Any) -> bool:
    """Web services say ``exception``, the token page ``error``; both come with HTTP 200."""
    return isinstance(answer, Mapping) and ("exception" in answer or "error" in answer)


# What is wrong with a token of one person is not wrong with the connection.
_PERSONAL = {
    Reason.TOKEN_REFUSED: Reason.PERSON_REFUSED,
    Reason.ACCESS_REFUSED: Reason.PERSON_REFUSED,
    Reason.PASSWORD_CHANGE: Reason.PERSON_REFUSED,
    Reason.SERVICE_ACCOUNT: Reason.ACCOUNT_SUSPENDED,
}


def trouble_of(
    answer: Mapping[str, Any], function: str, *, personal: bool = False
) -> MoodleTrouble:
    """The trouble that an error object tells of. The code may hold HTML."""
    code = plain(answer.get("errorcode", ""), 100)
    message = plain(answer.get("message", "") or answer.get("error", ""))
    reason = CODES.get(code, Reason.UNEXPECTED)
    if code == "invalidrecord" and "external_functions" in message:
        reason = Reason.FUNCTION_UNKNOWN
    if personal:
        reason = _PERSONAL.get(reason, reason)
    detail = ""
    if reason in _NAMES_FUNCTION:
        detail = function
    elif reason is Reason.UNEXPECTED:
        detail = f"{function}: {code}"
    return MoodleTrouble(reason, code, detail, f"{function}: {code}: {message}")
