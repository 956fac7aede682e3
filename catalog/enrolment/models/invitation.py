"""Keys that open courses by invitation; only their digests are kept."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import CourseRun


class InvitationKey(models.Model):
    """One key for one run, good for ``uses_most`` people until ``expires_at``."""

    wagtail_reference_index_ignore = True

    run = models.ForeignKey(
        CourseRun, models.CASCADE, related_name="invitation_keys", verbose_name=_("run")
    )
    label = models.CharField(
        _("label"), max_length=120, blank=True, help_text=_("For whom it is; people do not see it.")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    uses_most = models.PositiveIntegerField(
        _("how many people"), default=1, validators=[MinValueValidator(1)]
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("invitation key")
        verbose_name_plural = _("invitation keys")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used__lte=F("uses_most")), name="enrolment_key_not_overused"
            )
        ]

    def __str__(self) -> str:
        return self.label or f"{self.run} #{self.pk}"
