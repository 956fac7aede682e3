"""Who has a place in which course of an LMS, for whoever lets people in there."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from catalog.lms import Person

from .models import Enrolment
from .people import as_person

BATCH = 500


class EnrolmentRoster:
    """Answers from what is confirmed; ``key`` is the course's key in the LMS."""

    def person(self, connection: int, key: str, username: str) -> Person | None:
        """The person if they may enter now."""
        row = _placed(connection, key).filter(person__username=username).first()
        return as_person(row.person) if row else None

    def knows(self, connection: int, key: str, username: str) -> bool:
        """Whether they have or had a place."""
        rows = Enrolment.objects.filter(connection=connection, lms_key=key)
        return rows.filter(person__username=username, place_at__isnull=False).exists()

    def members(self, connection: int, key: str) -> Iterator[Person]:
        """Everybody with a place."""
        for row in _placed(connection, key).order_by("pk").iterator(chunk_size=BATCH):
            yield as_person(row.person)


def _placed(connection: int, key: str) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        connection=connection,
        lms_key=key,
        wanted=True,
        work=Enrolment.Work.SETTLED,
        place__in=(Enrolment.Place.ACTIVE, Enrolment.Place.AT_LAUNCH),
        person__is_active=True,
    ).select_related("person")
