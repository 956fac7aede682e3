"""Courses that people open at their provider, which tells the portal nothing afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Course, LMSConnection


class Referral(models.Model):
    """The wish alone: it holds no seat, and nobody ever confirms it."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="referrals")
    course = models.ForeignKey(Course, models.CASCADE, related_name="referrals")
    connection = models.ForeignKey(LMSConnection, models.SET_NULL, null=True, related_name="+")
    lms_key = models.CharField(max_length=200)
    wanted = models.BooleanField(default=True)
    wanted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("course opened at its provider")
        verbose_name_plural = _("courses opened at their providers")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], name="enrolment_one_referral_per_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"


class ReferralEvent(models.Model):
    """One line of its history; written once, never changed."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What the person did."""

        OPENED = "opened", _("Opened at the provider")
        REMOVED = "removed", _("Removed from the list")

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
