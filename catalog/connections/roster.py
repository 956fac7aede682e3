"""Who has a place in which course of an LMS: asked here, answered by whoever keeps enrolments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.dispatch import Signal

from catalog.lms import Person

# Sent with ``connection`` (its number), ``key`` and ``username``, in the transaction that stored
# the grade.
graded = Signal()


class Roster(Protocol):
    """Places in the courses of a connection; ``key`` is the course's key in the LMS."""

    def person(self, connection: int, key: str, username: str) -> Person | None:
        """The person if they may enter now."""

    def knows(self, connection: int, key: str, username: str) -> bool:
        """Whether they have or had a place."""

    def members(self, connection: int, key: str) -> Iterable[Person]:
        """Everybody with a place."""


class _Nobody:
    """Until enrolments are there, nobody has a place."""

    def person(self, connection: int, key: str, username: str) -> Person | None:
        return None

    def knows(self, connection: int, key: str, username: str) -> bool:
        return False

    def members(self, connection: int, key: str) -> Iterable[Person]:
        return ()


_roster: Roster = _Nobody()


def keep_roster(roster: Roster) -> None:
    """Called once, when the app that knows starts."""
    global _roster
    _roster = roster


def roster() -> Roster:
    """Whoever knows."""
    return _roster
