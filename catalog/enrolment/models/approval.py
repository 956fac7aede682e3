"""The question to a manager, answered through one link in a mail."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enrolment import Enrolment


def new_nonce() -> str:
    """What makes a link of this very question."""
    return secrets.token_urlsafe(12)


class Approval(models.Model):
    """Asked of ``manager_email`` until ``expires_at``; ``answer`` is given once."""

    wagtail_reference_index_ignore = True

    class Answer(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Not answered yet")
        YES = "yes", _("Approved")
        NO = "no", _("Declined")
        EXPIRED = "expired", _("Not answered in time")
        DROPPED = "dropped", _("Withdrawn by the person")

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="approvals")
    manager_email = models.EmailField(_("manager's e-mail"))
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="enrolment_approval_open",
                condition=models.Q(answer="open"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                name="enrolment_one_open_approval",
                condition=models.Q(answer="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_answer_display()}"
