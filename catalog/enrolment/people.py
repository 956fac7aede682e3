"""A person as LMSs are told about them."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from catalog.lms import Person
from catalog.people.models import User


def as_person(user: User) -> Person:
    """Names as they are written, the opaque username, no national number; one query."""
    verified = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return Person(
        username=user.username,
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        email_verified=bool(user.email) and verified.exists(),
        language=user.language,
    )
