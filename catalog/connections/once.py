"""Remembers what may be used once only: nonces, assertions, signed pushes."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import UsedOnce


def first_time(name: str, until: datetime) -> bool:
    """False when ``name`` (at most 120 characters) was used before; the database decides races."""
    try:
        with transaction.atomic():
            UsedOnce.objects.create(name=name, until=until)
    except IntegrityError:
        return False
    return True


def forget_used() -> int:
    """Delete what nobody can use any more; returns how many."""
    return UsedOnce.objects.filter(until__lt=timezone.now()).delete()[0]
