"""What LMSs tell of people's progress, the keys of calendars, and accounts to be erased."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.enrolment.models import Enrolment


def new_key() -> str:
    """Nobody guesses it: 256 bits."""
    return secrets.token_urlsafe(32)


class Progress(models.Model):
    """How far a person has come, as the LMS said at ``read_at``; ``asked_at``: the last try.

    ``percent`` is 0 to 100; what the LMS does not tell is None.
    """

    wagtail_reference_index_ignore = True

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="progress")
    percent = models.FloatField(null=True)
    completed = models.BooleanField(null=True)
    completed_at = models.DateTimeField(null=True)
    grade = models.FloatField(null=True)
    grade_max = models.FloatField(null=True)
    passed = models.BooleanField(null=True)
    last_access = models.DateTimeField(null=True)
    certificate_url = models.URLField(max_length=500, blank=True)
    read_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        indexes = [models.Index(fields=["asked_at"], name="learning_progress_to_ask")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.percent}"


class CalendarKey(models.Model):
    """The secret in the address of a person's calendar; a new one makes the old address void."""

    wagtail_reference_index_ignore = True

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True, default=new_key)

    class Meta:
        verbose_name = _("key of a calendar")
        verbose_name_plural = _("keys of calendars")

    def __str__(self) -> str:
        return str(self.person_id)


class Erasure(models.Model):
    """A person who asked to be forgotten: nobody any more, and soon not even a row."""

    wagtail_reference_index_ignore = True

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("account to be erased")
        verbose_name_plural = _("accounts to be erased")

    def __str__(self) -> str:
        return str(self.person_id)
