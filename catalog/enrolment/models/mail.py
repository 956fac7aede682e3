"""Mails that wait: written with the change they speak of, sent by the worker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Course

from .approval import Approval
from .enrolment import Enrolment


class Mail(models.Model):
    """What is to be said to whom; the words are made when it is sent.

    ``next_try`` is None once it has gone or was given up.
    """

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """Which template."""

        CONFIRMED = "confirmed", _("Place confirmed")
        PROBLEM = "problem", _("Problem")
        DELAYED = "delayed", _("Delay")
        FIRST_VISIT = "first_visit", _("First visit needed")
        APPROVAL = "approval", _("Question to the manager")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        REMOVED = "removed", _("Place given back")
        REMINDER = "reminder", _("Reminder")
        CANCELLED = "cancelled", _("Run cancelled")
        OPENED = "opened", _("Enrolment is open")
        SUPPORT = "support", _("Stuck, for the office")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=12)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, null=True, blank=True, related_name="mails"
    )
    approval = models.ForeignKey(Approval, models.CASCADE, null=True, blank=True, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, null=True, blank=True, related_name="+")
    # The reason at the time of writing: the enrolment may have moved on when the mail is made.
    reason = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True, default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try"], name="enrolment_mail_due", condition=Q(next_try__isnull=False)
            ),
            models.Index(fields=["to", "kind", "written_at"], name="enrolment_mail_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.to}"
