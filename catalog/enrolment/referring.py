"""Remembers which courses a person opened at their provider, where nothing is arranged for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.models import Course
from catalog.people.consents import wanted_text
from catalog.people.models import User

from .models import Referral, ReferralEvent

Kind = ReferralEvent.Kind


def may_note(person: User) -> bool:
    """Nothing is kept of whoever has not agreed to it; the way to the provider is theirs anyway."""
    return person.is_authenticated and wanted_text(person) is None


@transaction.atomic
def note_opened(
    person: User, course: Course, lms_key: str, *, now: datetime | None = None
) -> Referral:
    """The course (with its LMS loaded) stands in the person's list; twice changes nothing."""
    now = now or timezone.now()
    way = {"connection": course.lms, "lms_key": lms_key}
    rows = Referral.objects.select_for_update(of=("self",))
    row, is_new = rows.get_or_create(
        person=person, course=course, defaults=way | {"wanted": True, "wanted_at": now}
    )
    if is_new or not row.wanted:
        row.wanted, row.wanted_at = True, now
        ReferralEvent.objects.create(referral=row, kind=Kind.OPENED, at=now)
    row.connection, row.lms_key = course.lms, lms_key
    row.save()
    return row


@transaction.atomic
def remove(person: User, number: int, *, now: datetime | None = None) -> bool:
    """Take it off the person's list; False when it does not stand there."""
    now = now or timezone.now()
    rows = Referral.objects.select_for_update().filter(person=person, pk=number, wanted=True)
    if (row := rows.first()) is None:
        return False
    row.wanted, row.wanted_at = False, now
    row.save(update_fields=["wanted", "wanted_at"])
    ReferralEvent.objects.create(referral=row, kind=Kind.REMOVED, at=now)
    return True
