"""Invitation keys: made here, shown once, kept as digests, used under the run's lock."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from catalog.models import CourseRun
from catalog.people.models import User

from .models import InvitationKey

# Nothing that looks like something else; 20 of 30 letters cannot be guessed.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LENGTH, GROUP = 20, 5
LONGEST = 80


def digest_of(key: str) -> str:
    """What is kept of a key; dashes, spaces and case do not matter."""
    plain = "".join(letter for letter in key[:LONGEST].upper() if letter.isalnum())
    return salted_hmac("enrolment.invitation", plain, algorithm="sha256").hexdigest()


def make_key(
    run: CourseRun,
    *,
    uses_most: int = 1,
    label: str = "",
    expires_at: datetime | None = None,
    by: User | None = None,
) -> tuple[InvitationKey, str]:
    """The row and the key itself, which nobody can read again."""
    letters = "".join(secrets.choice(LETTERS) for _i in range(LENGTH))
    key = "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))
    row = InvitationKey.objects.create(
        run=run,
        label=label,
        digest=digest_of(key),
        uses_most=uses_most,
        expires_at=expires_at,
        made_by=by,
    )
    return row, key


def find_key(run: CourseRun, key: str, now: datetime) -> InvitationKey | None:
    """The row of a key that opens ``run`` now; None for any other."""
    usable = Q(expires_at=None) | Q(expires_at__gt=now)
    rows = InvitationKey.objects.filter(usable, run=run, used__lt=F("uses_most"))
    return rows.filter(digest=digest_of(key)).first()


def use_key(row: InvitationKey) -> None:
    """Counts one person; the run is locked, so nobody counts at the same time."""
    InvitationKey.objects.filter(pk=row.pk).update(used=F("used") + 1)
