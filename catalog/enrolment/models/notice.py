"""People who want to hear when a course opens."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Course


class OpenNotice(models.Model):
    """Told once, then gone."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_notices"
    )
    course = models.ForeignKey(Course, models.CASCADE, related_name="open_notices")
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wish to hear of an opening")
        verbose_name_plural = _("wishes to hear of an opening")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"], name="enrolment_one_notice_per_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.course}"
