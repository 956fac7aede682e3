"""The button of a course: where it leads and what happens there, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.audience import Answer, Eligibility
from catalog.availability import Availability, State
from catalog.models import Course, LMSConnection

# Closed doors that may open one day.
_MAY_OPEN = frozenset(
    {State.UPCOMING, State.ANNOUNCED, State.FULL, State.RUNNING, State.CLOSED, State.FINISHED}
)


@dataclass(frozen=True)
class Door:
    """``url`` is "" where there is no button; ``sentence`` says what happens, or why not.

    ``leaves`` is True for a door out of the portal, to what the LMS there calls ``key``; behind
    ``notice_url`` one asks to be told.
    """

    url: str = ""
    label: str = ""
    sentence: str = ""
    further: str = ""
    leaves: bool = False
    key: str = ""
    notice_url: str = ""

    @property
    def is_open(self) -> bool:
        """True when there is a button."""
        return bool(self.url)


def door(
    course: Course,
    lms_key: str,
    state: Availability,
    eligibility: Eligibility,
    language: str,
    *,
    has_runs: bool = False,
) -> Door:
    """The way into ``course`` (with its LMS loaded); ``lms_key`` is that of the run, or "".

    Places in a run are asked for in the portal, which arranges them in the LMS; only a plain link
    and what has no runs lead straight there.
    """
    if eligibility.answer == Answer.NO:
        return Door()
    if not state.can_join:
        waits = course.pk and state.state in _MAY_OPEN and course.enrolment != "closed"
        return Door(notice_url=reverse("enrolment:notice", args=[course.pk]) if waits else "")
    if has_runs and _is_arranged(course, lms_key or course.lms_key):
        return _arranged(course, state)
    match course.enrolment:
        case "invitation":
            return Door(sentence=_("Places are given by invitation. Ask the contact office."))
        case "nomination":
            return Door(sentence=_("Institutions nominate people. Ask your personnel office."))
    key = lms_key or course.lms_key
    launch = launch_of(course.lms, key, language)
    if launch is None:
        return Door(sentence=_("The contact office takes enrolments for this course."))
    names = {"system": str(course.lms.name), "host": launch.host}
    return Door(
        url=launch.url,
        label=state.action,
        sentence=_("You will be taken to %(system)s (%(host)s).") % names,
        further=_("A manager approves your place.") if course.enrolment == "approval" else "",
        leaves=True,
        key=key,
    )


def _is_arranged(course: Course, key: str) -> bool:
    connection = course.lms
    is_known = connection is not None and connection.active and bool(key)
    return is_known and connection.kind != "link" and course.enrolment != "nomination"


def _arranged(course: Course, state: Availability) -> Door:
    """The page on which a place is asked for; whoever is not signed in does that first."""
    further = {
        "approval": _("A manager approves your place."),
        "invitation": _("You need the key of your invitation."),
    }.get(course.enrolment, "")
    return Door(
        url=reverse("enrolment:enrol", args=[course.pk]),
        label=state.action,
        sentence=_("You sign in, and we arrange your place in %(system)s.")
        % {"system": str(course.lms.name)},
        further=further,
    )


def launch_of(connection: LMSConnection | None, key: str, language: str):
    """Where the LMS is entered (``lms.Launch``); None when it is unknown, at rest or has no key."""
    if connection is None or not connection.active or not key:
        return None
    try:
        return connection.connector.launch(key, language)
    except KeyError:
        return None
