"""When each scheduled job last ran, so that any worker may run the schedule and none runs twice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One row per job of ``portal.schedule``."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")

    def __str__(self) -> str:
        return self.name


class DemoRecord(models.Model):
    """A row that ``demo load`` made, so that ``demo remove`` takes out exactly those."""

    model = models.CharField(max_length=80)
    object_pk = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("demo record")
        verbose_name_plural = _("demo records")
        constraints = [
            models.UniqueConstraint(fields=["model", "object_pk"], name="portal_demo_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_pk}"
