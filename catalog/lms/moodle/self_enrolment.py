"""Enrolment under the person's own token, where Moodle itself looks at window, seats and key."""

from __future__ import annotations

from typing import Any

from catalog.lms.reading import rows
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble, plain
from catalog.lms.values import Account

from .api import Moodle

FUNCTION = "enrol_self_enrol_user"
KEY_WARNINGS = {"2", "3", "4"}
# English is in every Moodle, and these are its words; one code stands for all of them.
SENTENCES = {
    "Maximum number of users": Reason.FULL,
    "You cannot enrol yet": Reason.NOT_OPEN,
}


def enrol(moodle: Moodle, account: Account, number: str, enrolment_key: str) -> None:
    """``Trouble`` when Moodle does not take the person."""
    answer = moodle.call(
        FUNCTION,
        token=account.token,
        moodlewssettinglang="en",
        courseid=number,
        password=enrolment_key,
    )
    if not (isinstance(answer, dict) and answer.get("status") is True):
        raise trouble_of_warnings(answer)


def trouble_of_warnings(answer: Any) -> Trouble:
    """The first warning says why; its sentence is for people, so it is read last."""
    warnings = rows(answer.get("warnings")) if isinstance(answer, dict) else []
    if not warnings:
        return Trouble(Reason.UNEXPECTED, FUNCTION, raw=str(answer)[:2000])
    code, message = str(warnings[0].get("warningcode", "")), plain(warnings[0].get("message", ""))
    if code in KEY_WARNINGS:
        return Trouble(Reason.KEY_REQUIRED, raw=message)
    for beginning, reason in SENTENCES.items():
        if message.startswith(beginning):
            return Trouble(reason, message if reason is Reason.NOT_OPEN else "", raw=message)
    return Trouble(Reason.CLOSED, message, raw=message)
