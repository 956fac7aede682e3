"""Whom an LTI tool may let in: those with a place, and nobody else."""

from __future__ import annotations

import pytest

from catalog.connections.roster import roster
from catalog.enrolment.requesting import withdraw
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool():
    return factories.make_connection(code="tool", kind="lti", options={})


def names(connection) -> list[str]:
    return [person.username for person in roster().members(connection.pk, "uuid-1")]


def test_a_tool_knows_those_who_have_a_place(tool, ask, carrier):
    course = factories.make_course(audience="everyone", lms=tool, lms_key="uuid-1")
    run = factories.make_run(course)
    person, other = factories.make_user(), factories.make_user()
    row = ask(person, run).enrolment
    assert roster().person(tool.pk, "uuid-1", person.username) is None
    carrier.work(5)
    row.refresh_from_db()
    assert row.place == "at_launch"
    assert roster().person(tool.pk, "uuid-1", person.username).last_name == person.last_name
    assert roster().person(tool.pk, "uuid-1", other.username) is None
    assert roster().person(tool.pk, "uuid-2", person.username) is None
    assert names(tool) == [person.username]
    withdraw(row.pk, person)
    assert names(tool) == []
    assert roster().knows(tool.pk, "uuid-1", person.username)
    assert not roster().knows(tool.pk, "uuid-1", other.username)
