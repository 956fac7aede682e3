"""What the catalogue says of a run, gathered for the rule."""

from __future__ import annotations

from catalog.audience import Audience, Visitor, eligibility
from catalog.availability import RunFacts
from catalog.models import Course, CourseRun
from catalog.people.models import User
from catalog.views.visitors import audience_of, visitor_of

from .deciding import Offer


def offer_of(run: CourseRun, person: User) -> Offer:
    """``run`` with its course and the course's LMS loaded; two queries."""
    course = run.course
    return Offer(
        mode=course.enrolment,
        run=RunFacts.of(run),
        eligibility=eligibility(audience_of_course(course), visitor_of_person(person)),
        withdrawn=course.is_withdrawn,
        is_reachable=is_reachable(run),
    )


def key_of(run: CourseRun) -> str:
    """What the LMS calls it: the run's key, or the course's."""
    return run.lms_key or run.course.lms_key


def is_reachable(run: CourseRun) -> bool:
    """True when there is an LMS in use that knows the run by a key."""
    connection = run.course.lms
    return connection is not None and connection.active and bool(key_of(run))


def audience_of_course(course: Course) -> Audience:
    """Whom the course is for; two queries."""
    return audience_of(
        course.audience,
        tuple(course.audience_countries.values_list("pk", flat=True)),
        tuple(course.audience_institutions.values_list("pk", flat=True)),
    )


def visitor_of_person(person: User) -> Visitor:
    """As the profile has it; who works in an institution is taken to be of its country."""
    visitor = visitor_of(person)
    if visitor.country is None and visitor.institution is not None and person.institution:
        return Visitor(person.institution.country.code, visitor.institution)
    return visitor
