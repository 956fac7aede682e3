"""Who may enrol, answered before anybody signs in, with the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

EVERYONE, EMPLOYEES, NAMED = "everyone", "public_employees", "named_institutions"


class Answer(StrEnum):
    """May this visitor enrol?"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Audience:
    """Whom a course is for: ``who``, and codes with names of countries and institutions.

    No country means every country; institutions matter only for "named_institutions".
    """

    who: str
    countries: tuple[tuple[str, str], ...] = ()
    institutions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Visitor:
    """What is known of a visitor: codes of country and institution, None when not told."""

    country: str | None = None
    institution: str | None = None


@dataclass(frozen=True)
class Eligibility:
    """The answer, whom the course is for, and what that means for this visitor."""

    answer: Answer
    sentence: str
    advice: str


def eligibility(audience: Audience, visitor: Visitor) -> Eligibility:
    """Whether ``visitor`` may enrol, as sentences in the reader's language."""
    answer = _answer(audience, visitor)
    return Eligibility(answer, _sentence(audience), _advice(answer, audience, visitor))


def _answer(audience: Audience, visitor: Visitor) -> Answer:
    countries = {code for code, _name in audience.countries}
    if countries and visitor.country is not None and visitor.country not in countries:
        return Answer.NO
    if audience.who == NAMED:
        if visitor.institution is None:
            return Answer.UNKNOWN
        named = {code for code, _name in audience.institutions}
        return Answer.YES if visitor.institution in named else Answer.NO
    if countries and visitor.country is None:
        return Answer.UNKNOWN
    if audience.who == EMPLOYEES and visitor.institution is None:
        return Answer.UNKNOWN
    return Answer.YES


def _sentence(audience: Audience) -> str:
    countries = _listed(name for _code, name in audience.countries)
    if audience.who == NAMED:
        names = _listed(name for _code, name in audience.institutions)
        return _("For employees of: %(institutions)s.") % {"institutions": names}
    if audience.who == EMPLOYEES:
        if countries:
            return _("For public employees of: %(countries)s.") % {"countries": countries}
        return _("For public employees of every country.")
    if countries:
        return _("For everyone in: %(countries)s.") % {"countries": countries}
    return _("For everyone.")


def _advice(answer: Answer, audience: Audience, visitor: Visitor) -> str:
    if answer == Answer.YES:
        return _("You can enrol.")
    if answer == Answer.NO:
        if audience.who == NAMED and visitor.institution is not None:
            return _("Your institution is not among them, so you cannot enrol.")
        return _("Your country is not among them, so you cannot enrol.")
    return _("Choose your country and institution to see whether you can enrol.")


def _listed(names) -> str:
    return ", ".join(names)
