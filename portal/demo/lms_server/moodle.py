"""Moodle's web services: one address, one form, errors with status 200."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from . import moodle_courses, moodle_enrolment, moodle_people
from .answers import Response, data, kept
from .faults import AFTER, INSTEAD, Faults
from .moodle_calls import Call, MoodleError
from .site import Site

ENDPOINT = "/webservice/rest/server.php"
TOKEN_PAGE = "/login/token.php"  # noqa: S105
_PIECE = re.compile(r"\[([^\]]*)\]")
XML_ERROR = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n'
    "<EXCEPTION><ERRORCODE>invalidtoken</ERRORCODE></EXCEPTION>"
)
FUNCTIONS: dict[str, Callable[[Call], Any]] = {
    **moodle_courses.FUNCTIONS,
    **moodle_people.FUNCTIONS,
    **moodle_enrolment.FUNCTIONS,
}
# Needed for a function besides the function itself.
RIGHTS = {"enrol_manual_enrol_users": "enrol/manual:enrol"}


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """PHP's reading of ``a[0][b]=c``; lists are dictionaries of numbers until they are used."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        keys = [name.split("[", 1)[0], *_PIECE.findall(name)]
        place = found
        for key in keys[:-1]:
            inner = place.setdefault(key, {})
            place = inner if isinstance(inner, dict) else {}
        place[keys[-1]] = value
    return found


def answer(site: Site, faults: Faults, body: bytes) -> Response:
    """The answer to one call."""
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    # What exceeds max_input_vars is gone without a word.
    form = nested(pairs[: site.input_vars])
    function = str(form.get("wsfunction", ""))
    if form.get("moodlewsrestformat") != "json":
        return Response(XML_ERROR.encode(), kind="application/xml; charset=utf-8")
    fault = faults.next(function, _courses(form))
    if fault in INSTEAD:
        return INSTEAD[fault]
    with site.lock:
        response = _run(site, form, function)
    if fault in AFTER:
        return INSTEAD["cut" if fault == "lost" else "gateway"]
    return response


def _courses(form: dict[str, Any]) -> set[str]:
    """Numbers of the courses a call speaks of."""
    rows = form.get("enrolments")
    named = [row.get("courseid") for row in rows.values()] if isinstance(rows, dict) else []
    if form.get("field") == "id":
        named.append(form.get("value"))
    return {str(one) for one in [*named, form.get("courseid")] if one}


def _run(site: Site, form: dict[str, Any], function: str) -> Response:
    try:
        call = Call(site, form, function)
        call.admit(set(FUNCTIONS))
        if (right := RIGHTS.get(function)) and right in call.token.lacks:
            raise MoodleError("nopermissions")
        result = FUNCTIONS[function](call)
    except MoodleError as error:
        return kept(f"moodle/{error.name}.json")
    site.save()
    return result if isinstance(result, Response) else data(result)


def token(site: Site, body: bytes) -> Response:
    """The login page for tokens: failures come with status 200 and a shape of their own."""
    form = dict(parse_qsl(body.decode("utf-8", "replace")))
    for name, held in site.tokens.items():
        user = site.users.get(held.user)
        if user and user.username == form.get("username") and form.get("password") == name[::-1]:
            return data({"token": name, "privatetoken": None})
    return kept("moodle/invalidlogin.json")
