"""How each LMS has been doing, and what is remembered so that it happens once only."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog import lms
from catalog.models.connection import LMSConnection

from .lti_models import LTIColumn, LTIKey, LTIResource, LTIScore

__all__ = [
    "ConnectionFault",
    "ConnectionState",
    "LTIColumn",
    "LTIKey",
    "LTIResource",
    "LTIScore",
    "UsedOnce",
]


# A question older than this was lost with its worker and may be asked again.
CHECK_LOST_AFTER = timedelta(minutes=5)


class ConnectionState(models.Model):
    """Health, shared by all processes (seconds since 1970), and what the last check found.

    ``check_findings`` are ``[level, sentence]`` in ``check_language``, that of whoever asked.
    """

    connection = models.OneToOneField(
        LMSConnection, models.CASCADE, related_name="state", primary_key=True
    )
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.FloatField(default=0.0)
    next_turn = models.FloatField(default=0.0)
    probing_until = models.FloatField(default=0.0)

    check_asked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    check_ok = models.BooleanField(null=True)
    check_site = models.CharField(max_length=200, blank=True)
    check_version = models.CharField(max_length=60, blank=True)
    check_abilities = models.JSONField(default=list)
    check_findings = models.JSONField(default=list)
    check_language = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("state of a connection")
        verbose_name_plural = _("states of connections")

    def __str__(self) -> str:
        return str(self.connection_id)

    @property
    def is_being_checked(self) -> bool:
        """True from the question to its answer, unless the question was lost."""
        asked = self.check_asked_at
        return asked is not None and asked > timezone.now() - CHECK_LOST_AFTER


class ConnectionFault(models.Model):
    """A fault that concerned everybody, and how often it came; only the latest few are kept."""

    connection = models.ForeignKey(LMSConnection, models.CASCADE, related_name="faults")
    reason = models.CharField(max_length=30)
    detail = models.CharField(max_length=300, blank=True)
    raw = models.TextField(blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("fault of a connection")
        verbose_name_plural = _("faults of connections")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "reason", "detail"], name="connections_fault_once"
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        if self.reason not in set(lms.Reason):
            return self.detail
        return lms.sentence(lms.Reason(self.reason), self.detail)


class UsedOnce(models.Model):
    """A nonce or a signed message that must not be taken twice before ``until``."""

    name = models.CharField(max_length=120, unique=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("used message")
        verbose_name_plural = _("used messages")

    def __str__(self) -> str:
        return self.name
