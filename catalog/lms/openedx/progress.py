"""What Open edX tells of a person's grade; how far they have read it does not tell."""

from __future__ import annotations

from urllib.parse import urljoin

from catalog.lms.reading import number, rows, web_address
from catalog.lms.reasons import Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import Account, Progress

from .api import OpenEdx, escaped

GRADES = "/api/grades/v1/courses/"
CERTIFICATES = "/api/certificates/v0/certificates/"
ABSENT = {"user_does_not_exist": Reason.NO_ACCOUNT, "user_not_enrolled": Reason.NOT_ENROLLED}


def read(edx: OpenEdx, account: Account, key: str) -> Result[Progress]:
    """``Trouble`` when the person is not there."""
    answer = edx.ask("GET", f"{GRADES}{escaped(key)}/", query={"username": account.id})
    if answer.status == 404:
        code = answer.fields.get("error_code")
        raise Trouble(ABSENT.get(code, Reason.NO_COURSE), key, raw=answer.raw)
    if answer.status == 403:
        raise Trouble(Reason.RIGHT_MISSING, "grades:read", raw=answer.raw)
    grades = [row for row in rows(answer.value) if row.get("username") == account.id]
    if answer.status != 200 or not grades:
        raise Trouble(Reason.UNEXPECTED, f"{GRADES}: HTTP {answer.status}", raw=answer.raw)
    share, passed = number(grades[0].get("percent")), grades[0].get("passed") is True
    return Result(
        Reason.DONE,
        Progress(
            grade=None if share is None else round(share * 100, 2),
            grade_max=None if share is None else 100.0,
            passed=passed,
            certificate_url=_certificate(edx, account, key) if passed else "",
        ),
    )


def _certificate(edx: OpenEdx, account: Account, key: str) -> str:
    """Not every site gives certificates; without one nothing is wrong."""
    try:
        answer = edx.ask("GET", f"{CERTIFICATES}{escaped(account.id)}/courses/{escaped(key)}/")
    except Trouble:
        return ""
    address = answer.fields.get("download_url")
    return web_address(urljoin(edx.name + "/", address)) if isinstance(address, str) else ""
