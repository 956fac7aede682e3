"""Saving a row together with all that follows from it."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction


class SavedWhole(models.Model):
    """A row whose save is one transaction with what receivers write, such as the outbox.

    Django sends ``post_save`` after it has committed, so a crash between would lose the change.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """All or nothing."""
        with transaction.atomic():
            super().save(*args, **kwargs)
