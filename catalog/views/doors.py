"""The button of a course: where it leads and what happens there, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.audience import Answer, Eligibility
from catalog.availability import Availability
from catalog.models import Course, LMSConnection


@dataclass(frozen=True)
class Door:
    """``url`` is "" where there is no button; ``sentence`` says what happens, or why not."""

    url: str = ""
    label: str = ""
    sentence: str = ""
    further: str = ""

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
) -> Door:
    """The way into ``course`` (with its LMS loaded); ``lms_key`` is that of the run, or ""."""
    if not state.can_join:
        return Door()
    if eligibility.answer == Answer.NO:
        return Door()
    match course.enrolment:
        case "invitation":
            return Door(sentence=_("Places are given by invitation. Ask the contact office."))
        case "nomination":
            return Door(sentence=_("Institutions nominate people. Ask your personnel office."))
    launch = launch_of(course.lms, lms_key or course.lms_key, language)
    if launch is None:
        return Door(sentence=_("The contact office takes enrolments for this course."))
    names = {"system": str(course.lms.name), "host": launch.host}
    return Door(
        url=launch.url,
        label=state.action,
        sentence=_("You will be taken to %(system)s (%(host)s).") % names,
        further=_("A manager approves your place.") if course.enrolment == "approval" else "",
    )


def launch_of(connection: LMSConnection | None, key: str, language: str):
    """Where the LMS is entered (``lms.Launch``); None when it is unknown, at rest or has no key."""
    if connection is None or not connection.active or not key:
        return None
    try:
        return connection.connector.launch(key, language)
    except KeyError:
        return None
