"""The outbox between a transaction that changes the catalogue and the worker that indexes it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A key whose search document must be written again, for one consumer.

    Rows are written in the transaction of the change and deleted once the index holds it, so
    nothing depends on the order in which transactions end.
    """

    consumer = models.CharField(max_length=60, default="main")
    key = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("waiting change")
        verbose_name_plural = _("waiting changes")
        indexes = [models.Index(fields=["consumer", "id"], name="search_outbox_queue")]

    def __str__(self) -> str:
        return self.key
