"""A person's account in one LMS, and the line in which their wishes wait there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import LMSConnection


class LMSAccount(models.Model):
    """Who the person is there; empty until the LMS has told.

    One worker at a time speaks for one person to one LMS: it holds ``lease`` until
    ``leased_until``. A worker that dies lets go of it by not renewing it.
    """

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lms_accounts"
    )
    connection = models.ForeignKey(LMSConnection, models.CASCADE, related_name="+")
    remote_id = models.CharField(max_length=200, blank=True)
    username = models.CharField(max_length=200, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("account in an LMS")
        verbose_name_plural = _("accounts in LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "person"], name="enrolment_one_account_per_lms"
            )
        ]

    def __str__(self) -> str:
        return f"{self.connection}: {self.username or '–'}"
