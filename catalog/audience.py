"""Who may enrol, answered before anybody signs in, with the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from home.languages.lists import written_list

EVERYONE, EMPLOYEES, NAMED = "everyone", "public_employees", "named_institutions"
# What a visitor answers who works for no public body, or for one that is not in the list.
NO_INSTITUTION, OTHER_INSTITUTION = "none", "other"


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
    """What is known of a visitor: codes of country and institution, None when not told.

    The institution may also be NO_INSTITUTION or OTHER_INSTITUTION.
    """

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
    countries = {code for code, _name in audience.countries}
    foreign = bool(countries) and visitor.country is not None and visitor.country not in countries
    if foreign:
        answer = Answer.NO, _("Your country is not among them, so you cannot enrol.")
    elif audience.who == NAMED:
        answer = _for_named(audience, visitor)
    elif audience.who == EMPLOYEES:
        answer = _for_employees(bool(countries), visitor)
    else:
        answer = _for_everyone(bool(countries), visitor)
    return Eligibility(answer[0], _sentence(audience), answer[1])


def _for_named(audience: Audience, visitor: Visitor) -> tuple[Answer, str]:
    if not audience.institutions:
        return Answer.UNKNOWN, _("Ask the contact office whether you can enrol.")
    if visitor.institution is None:
        return Answer.UNKNOWN, _("Choose your institution to see whether you can enrol.")
    if visitor.institution in {code for code, _name in audience.institutions}:
        if audience.countries and visitor.country is None:
            return Answer.UNKNOWN, _("Choose your country to see whether you can enrol.")
        return Answer.YES, _("You can enrol.")
    return Answer.NO, _("Your institution is not among them, so you cannot enrol.")


def _for_employees(has_countries: bool, visitor: Visitor) -> tuple[Answer, str]:
    if visitor.institution == NO_INSTITUTION:
        return Answer.NO, _("You need to work for a public institution to enrol.")
    if has_countries and visitor.country is None:
        return Answer.UNKNOWN, _("Choose your country to see whether you can enrol.")
    if visitor.institution is None:
        return Answer.UNKNOWN, _("You can enrol if you work for a public institution.")
    return Answer.YES, _("You can enrol.")


def _for_everyone(has_countries: bool, visitor: Visitor) -> tuple[Answer, str]:
    if has_countries and visitor.country is None:
        return Answer.UNKNOWN, _("Choose your country to see whether you can enrol.")
    return Answer.YES, _("You can enrol.")


def _sentence(audience: Audience) -> str:
    countries = written_list(name for _code, name in audience.countries)
    institutions = written_list(name for _code, name in audience.institutions)
    names = {"countries": countries, "institutions": institutions}
    match audience.who, bool(institutions), bool(countries):
        case ("named_institutions", True, True):
            return _("For employees of %(institutions)s in %(countries)s.") % names
        case ("named_institutions", True, False):
            return _("For employees of %(institutions)s.") % names
        case ("named_institutions", False, _):
            return _("For employees of institutions that the provider names.")
        case ("public_employees", _, True):
            return _("For public employees of %(countries)s.") % names
        case ("public_employees", _, False):
            return _("For public employees of every country.")
        case (_, _, True):
            return _("For everyone in %(countries)s.") % names
        case _:
            return _("For everyone.")
