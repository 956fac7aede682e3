"""A code of the app on the phone counts once, whichever process it is shown to."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.people.models import UsedCode, User


def first_time(user: User, code: str) -> bool:
    """False when ``user`` has used the code while it holds; the database decides races."""
    now = timezone.now()
    holds = timedelta(seconds=settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1))
    UsedCode.objects.filter(user=user, until__lt=now).delete()
    digits = "".join(filter(str.isdigit, code))
    try:
        with transaction.atomic():
            UsedCode.objects.create(user=user, code=digits, until=now + holds)
    except IntegrityError:
        return False
    return True
