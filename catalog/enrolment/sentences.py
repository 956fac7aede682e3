"""How an enrolment stands, as people read it: a heading, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalog import lms
from catalog.lms import Outcome, Reason
from catalog.lms.reasons import MEANINGS
from catalog.models import Course
from home.languages.casing import capitalise
from home.navigation import active_language

from .models import Enrolment

Place, Work = Enrolment.Place, Enrolment.Work


@dataclass(frozen=True)
class State:
    """``tone`` is good, waiting or bad; ``why`` and ``advice`` may be ""."""

    tone: str
    heading: str
    why: str = ""
    advice: str = ""


def state_of(row: Enrolment) -> State:
    """The state of ``row`` (with its connection loaded) for the person themselves."""
    state = _state_of(row)
    # A sentence may begin with the name of an LMS, which editors write as within a sentence.
    return replace(state, why=capitalise(state.why, active_language()))


def _state_of(row: Enrolment) -> State:
    if not row.wanted:
        return _given_back(row)
    match row.work:
        case Work.APPROVAL:
            told = _("Your manager has a mail with a link. Your seat is kept until they answer.")
            return State("waiting", _("Your manager is being asked"), told)
        case Work.REFUSED:
            heading = _("You did not get a place")
            return State("bad", heading, why(row.reason), advice(row.reason))
        case Work.STUCK:
            told = _("Your seat is kept. The office has been told and will put it right.")
            return State("waiting", _("It takes longer than usual"), told)
        case Work.DUE:
            return _being_arranged(row)
    return _confirmed(row)


def _given_back(row: Enrolment) -> State:
    if row.work in (Work.DUE, Work.STUCK):
        told = _("The learning system is being told. You need not do anything.")
        return State("waiting", _("You have given your place back"), told)
    if row.place in (Place.ACTIVE, Place.INACTIVE):
        told = _("The learning system itself still lists you. Ask the office if that is wrong.")
        return State("waiting", _("You have given your place back"), told)
    return State("waiting", _("You have given your place back"))


def _being_arranged(row: Enrolment) -> State:
    heading = _("Your place is being arranged")
    names = {"system": str(row.connection.name)}
    if row.reason == Reason.NO_ACCOUNT:
        told = _("%(system)s knows people only after their first visit.") % names
        return State("waiting", heading, told, _("Sign in there once. The rest happens by itself."))
    told = _("%(system)s is being told. This usually takes a minute.") % names
    if row.reason:
        told = _("%(system)s does not answer at the moment. We keep trying.") % names
    return State("waiting", heading, told, _("You can close this page; we will send you a mail."))


def _confirmed(row: Enrolment) -> State:
    names = {"system": str(row.connection.name)}
    if row.place == Place.INACTIVE:
        told = _("%(system)s has your place, but it is not open at the moment.") % names
        return State("waiting", _("Your place is noted"), told)
    if row.place == Place.AT_LAUNCH:
        told = _("%(system)s takes you in when you enter.") % names
        return State("good", _("You have a place"), told)
    return State("good", _("You have a place"), _("%(system)s has confirmed it.") % names)


def why(reason: str) -> str:
    """Why there is no place, for the person; "" without a reason."""
    own = _own(reason)
    if own or reason not in MEANINGS:
        return own
    match Reason(reason):
        case Reason.INACTIVE_PLACE:
            return _("Your place in the learning system is suspended or over.")
        case Reason.ACCOUNT_SUSPENDED:
            return _("Your account in the learning system is suspended.")
    match MEANINGS[Reason(reason)].outcome:
        case Outcome.CLOSED:
            return _("The learning system takes no enrolments for this course now.")
        case Outcome.FULL:
            return _("The learning system says that all seats are taken.")
        case Outcome.KEY_REQUIRED:
            return _("The course asks for a key in the learning system.")
        case Outcome.HIDDEN | Outcome.NOT_FOUND:
            return _("The course is not open in the learning system yet.")
    return _("The learning system could not take you in.")


def _own(reason: str) -> str:
    """Reasons of the portal itself."""
    return {
        "declined": _("Your manager has declined."),
        "expired": _("Your manager did not answer in time."),
        "manager_unreachable": _("The mail to your manager could not be delivered."),
        "course_withdrawn": _("The course is not offered any more."),
        "run_cancelled": _("This run was cancelled."),
        "run_over": _("This run was over before a place could be arranged."),
        "not_enrolled": _("The learning system does not list you any more."),
    }.get(reason, "")


def advice(reason: str) -> str:
    """What the person can do now."""
    match reason:
        case "declined" | "expired":
            return _("Talk to your manager. You can ask again while enrolment is open.")
        case "manager_unreachable":
            return _("Check the address and ask again while enrolment is open.")
        case "course_withdrawn" | "run_cancelled" | "run_over":
            return _("Look for another run or another course.")
    return _("Write to the contact office of the course. You can also ask again later.")


def for_staff(reason: str, detail: str = "") -> str:
    """The reason for those who run the portal."""
    return _own(reason) or lms.sentence(reason, detail)


def contact(course: Course) -> str:
    """The office that people may write to, on one line; "" when none is named."""
    return ", ".join(
        part for part in (course.contact_name, course.contact_email, course.contact_phone) if part
    )
