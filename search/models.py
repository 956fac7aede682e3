"""The outbox between a transaction that changes the catalogue and the workers that index it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A key whose search document must be written again, for one consumer.

    A change writes one row for ``main``; the worker hands it out to every index there is. A row is
    deleted once its index holds the document, so nothing depends on the order in which transactions
    end.
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


class SearchIndex(models.Model):
    """An index that every change must reach: it answers searches, or it is still being built.

    The server has one, and each host's embedded engine one of its own. ``name`` is also the
    consumer of its rows in the outbox. ``done`` documents are in it; while it is built, those are
    everything up to the key ``cursor``, of about ``total``.
    """

    name = models.CharField(max_length=60, unique=True)
    is_built = models.BooleanField(default=False)
    cursor = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")

    def __str__(self) -> str:
        return self.name
