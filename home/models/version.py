"""One number that changes whenever anything a visitor sees changes; caches are keyed by it."""

from __future__ import annotations

import time

from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Greatest


class ContentVersion(models.Model):
    """A single row, raised in the transaction of the change, so a rollback raises nothing."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now; 0 before the first change. One query, by hand because every page asks."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM home_contentversion WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else 0

    @classmethod
    def bump(cls) -> None:
        """Mark everything cached as old.

        The clock is in the number: one that was taken back with its transaction never comes again,
        so nothing that was kept under it can be mistaken for true.
        """
        now = time.time_ns() // 1000
        later = Greatest(F("number") + 1, Value(now, output_field=models.BigIntegerField()))
        if not cls.objects.filter(pk=1).update(number=later):
            cls.objects.get_or_create(pk=1, defaults={"number": now})
