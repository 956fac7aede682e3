"""The tables of the portal as LTI platform."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.connection import LMSConnection
from home.secrets import EncryptedTextField


class LTIKey(models.Model):
    """A key of the platform; the youngest that tools have had time to fetch signs."""

    kid = models.CharField(max_length=40, unique=True)
    private_pem = EncryptedTextField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("LTI key")
        verbose_name_plural = _("LTI keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.kid


class LTIResource(models.Model):
    """A course of a tool; its number is what tools are told."""

    connection = models.ForeignKey(LMSConnection, models.CASCADE, related_name="lti_resources")
    key = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("LTI resource")
        verbose_name_plural = _("LTI resources")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "key"], name="connections_one_resource_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.key


class LTIColumn(models.Model):
    """A column of grades that a tool keeps with the portal."""

    resource = models.ForeignKey(LTIResource, models.CASCADE, related_name="columns")
    label = models.CharField(max_length=200)
    maximum = models.FloatField()
    resource_ref = models.CharField(max_length=200, blank=True)
    tag = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("LTI column")
        verbose_name_plural = _("LTI columns")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class LTIScore(models.Model):
    """The latest grade of a person in a column; ``subject`` is their user name."""

    column = models.ForeignKey(LTIColumn, models.CASCADE, related_name="scores")
    subject = models.CharField(max_length=200)
    given = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    is_final = models.BooleanField()
    is_completed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("LTI score")
        verbose_name_plural = _("LTI scores")
        indexes = [models.Index(fields=["subject", "-at"], name="connections_score_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["column", "subject"], name="connections_one_score_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.given}"
