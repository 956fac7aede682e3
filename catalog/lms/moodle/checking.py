"""What a token may do, told function by function and right by right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.lms.reading import rows, text
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble
from catalog.lms.values import Ability, Check, Finding, Level

from .api import Moodle

SITE_INFO = "core_webservice_get_site_info"
NEEDED = {
    Ability.LIST: ("core_course_get_categories", "core_course_get_courses_by_field"),
    Ability.ENROL: (
        "core_user_get_users_by_field",
        "core_user_create_users",
        "enrol_manual_enrol_users",
        "enrol_manual_unenrol_users",
        "core_course_get_courses_by_field",
    ),
    Ability.STATUS: ("core_enrol_get_users_courses", "core_enrol_get_enrolled_users"),
    Ability.PROGRESS: (
        "core_completion_get_course_completion_status",
        "gradereport_user_get_grade_items",
    ),
    Ability.SIGN_IN: ("auth_userkey_request_login_url",),
}
# Signing people in needs a plugin; without progress, people can still be enrolled.
OPTIONAL = {Ability.PROGRESS, Ability.SIGN_IN}
WITHOUT = {
    Ability.LIST: gettext_lazy("the catalogue cannot be read"),
    Ability.ENROL: gettext_lazy("people cannot be enrolled"),
    Ability.STATUS: gettext_lazy("enrolments cannot be confirmed"),
    Ability.PROGRESS: gettext_lazy("progress cannot be shown completely"),
    Ability.SIGN_IN: gettext_lazy("people sign in to the LMS by themselves"),
}
ALSO_USED = {SITE_INFO, "core_course_search_courses", "enrol_self_enrol_user"}
MOST_NAMED = 5


def check(moodle: Moodle) -> Check:
    """``Trouble`` when not even the site's name can be read."""
    info = moodle.call(SITE_INFO)
    if not isinstance(info, dict):
        raise Trouble(Reason.UNEXPECTED, SITE_INFO)
    functions = {text(row.get("name"), 100) for row in rows(info.get("functions"))}
    wants_sign_in = moodle.options.get("sign_in") == "userkey"
    findings = [*_address(moodle, info), *_functions(functions, wants_sign_in=wants_sign_in)]
    findings += _rights(moodle, functions)
    site, version = text(info.get("sitename"), 200), text(info.get("release"), 60)
    if all(finding.level is not Level.ERROR for finding in findings):
        words = {"site": site, "version": version}
        told = _("Connected with “%(site)s”, Moodle %(version)s.") % words
        findings.insert(0, Finding(Level.GOOD, told))
    abilities = {ability for ability, names in NEEDED.items() if set(names) <= functions}
    return Check(tuple(findings), site, version, frozenset(abilities))


def _address(moodle: Moodle, info: dict[str, Any]) -> Iterator[Finding]:
    """Moodle sends everybody who comes by another name away, and their forms are lost."""
    there = text(info.get("siteurl"), 300).rstrip("/")
    if there and there != moodle.name:
        yield Finding(Level.ERROR, Trouble(Reason.WRONG_ADDRESS, there).result().sentence)


def _functions(functions: set[str], *, wants_sign_in: bool) -> Iterator[Finding]:
    for ability, names in NEEDED.items():
        if ability is Ability.SIGN_IN and not wants_sign_in:
            continue
        for name in names:
            if name not in functions:
                level = Level.WARNING if ability in OPTIONAL else Level.ERROR
                words = {"function": name, "consequence": WITHOUT[ability]}
                told = _("This token lacks %(function)s: %(consequence)s.") % words
                yield Finding(level, told)
    used = ALSO_USED.union(*NEEDED.values())
    if beyond := sorted(functions - used):
        words = {"functions": _some(beyond)}
        told = _("The service holds functions that the portal does not use: %(functions)s.")
        yield Finding(Level.WARNING, told % words)


def _some(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} (+{more})" if more > 0 else shown


def _rights(moodle: Moodle, functions: set[str]) -> Iterator[Finding]:
    """Rights do not show in the list of functions; one course shows what the token may see."""
    if not {"core_course_search_courses", "core_course_get_courses_by_field"} <= functions:
        return
    try:
        yield from _rights_in(moodle, _any_course(moodle), functions)
    except Trouble as trouble:
        yield Finding(Level.ERROR, trouble.result().sentence)


def _any_course(moodle: Moodle) -> dict[str, Any]:
    answer = moodle.call(
        "core_course_search_courses",
        criterianame="search",
        criteriavalue="",
        page=0,
        perpage=1,
    )
    found = rows(answer.get("courses")) if isinstance(answer, dict) else []
    if not found:
        return {}
    number = str(found[0].get("id"))
    answer = moodle.call("core_course_get_courses_by_field", field="id", value=number)
    return next(iter(rows(answer.get("courses"))), {}) if isinstance(answer, dict) else {}


def _rights_in(moodle: Moodle, course: dict[str, Any], functions: set[str]) -> Iterator[Finding]:
    if not course:
        yield Finding(Level.WARNING, _("The service account sees no course."))
        return
    if "visible" not in course:
        yield _missing("moodle/course:view", _("hidden courses cannot be told"), Level.ERROR)
    if "timemodified" not in course:
        yield _missing("moodle/course:update", _("course numbers cannot be read"), Level.WARNING)
    if "core_enrol_get_enrolled_users" in functions:
        asked = {"onlysuspended": "1", "userfields": "id", "limitnumber": "1"}
        options = [{"name": name, "value": value} for name, value in asked.items()]
        try:
            moodle.call("core_enrol_get_enrolled_users", courseid=course["id"], options=options)
        except Trouble as trouble:
            if trouble.reason is not Reason.RIGHT_MISSING:
                raise
            consequence = _("suspended people are looked for in the whole course, which takes long")
            yield _missing("moodle/course:enrolreview", consequence, Level.WARNING)


def _missing(right: str, consequence: str, level: Level) -> Finding:
    words = {"right": right, "consequence": consequence}
    told = _("The service account lacks the right %(right)s: %(consequence)s.")
    return Finding(level, told % words)


def needed_functions(abilities: Iterable[Ability] = NEEDED) -> list[str]:
    """What the custom service must hold, for the guide and its test."""
    return sorted({SITE_INFO}.union(*(NEEDED[ability] for ability in abilities)))
