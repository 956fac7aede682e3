"""How many seats of a run are taken, here and elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import CourseRun


class Capacity(models.Model):
    """``CourseRun.seats_taken`` is ``elsewhere`` and the enrolments of the portal together.

    ``counted`` is what the portal wrote there last: another number was entered by people or an
    import, and moves ``elsewhere``. ``announced`` is False until pages and index know of it.
    """

    wagtail_reference_index_ignore = True

    run = models.OneToOneField(CourseRun, models.CASCADE, primary_key=True, related_name="capacity")
    elsewhere = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField(default=0)
    announced = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("seats")
        verbose_name_plural = _("seats")
        indexes = [
            models.Index(
                fields=["run"],
                name="enrolment_seats_unannounced",
                condition=models.Q(announced=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.counted}"
