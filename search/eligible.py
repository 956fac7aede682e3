"""Who may enrol, as codes that a document holds and a visitor asks for.

The same answer as ``catalog.audience.eligibility``: a visitor may certainly enrol in a course that
has one of the visitor's codes.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog.audience import EMPLOYEES, EVERYONE, NAMED, NO_INSTITUTION, Visitor
from catalog.people.models import User
from catalog.selectors.vocabulary import countries, institutions

_ANY = "any"


def audience_codes(
    who: str, countries: Sequence[str], institutions: Sequence[str]
) -> tuple[str, ...]:
    """What a document says of its audience; no country means every one."""
    groups = institutions if who == NAMED else [who]
    return tuple(f"{who}.{group}.{place}" for group in groups for place in countries or [_ANY])


def visitor_codes(visitor: Visitor) -> tuple[str, ...]:
    """What a visitor belongs to."""
    groups = [(EVERYONE, EVERYONE)]
    if visitor.institution not in (None, NO_INSTITUTION):
        groups += [(EMPLOYEES, EMPLOYEES), (NAMED, visitor.institution)]
    places = [_ANY] if visitor.country is None else [_ANY, visitor.country]
    return tuple(f"{who}.{group}.{place}" for who, group in groups for place in places)


def person_codes(person: User) -> tuple[str, ...]:
    """What somebody with an account belongs to; no queries while vocabularies are kept."""
    place, body = countries().get(person.country_id), institutions().get(person.institution_id)
    return visitor_codes(Visitor(place and place.code, body and body.code))
