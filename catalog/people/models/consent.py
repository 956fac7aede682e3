"""Versions of the privacy text, and who has agreed to which of them when."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.languages.translated import TranslatedField

from .user import User


class PrivacyText(models.Model):
    """One version of what people agree to; the newest that has begun is asked for."""

    version = models.SlugField(_("version"), max_length=20, unique=True)
    begins = models.DateTimeField(_("holds from"), default=timezone.now)
    text = TranslatedField(
        _("text"),
        max_length=20_000,
        rows=12,
        help_text=_("An empty line begins a new paragraph."),
    )

    class Meta:
        verbose_name = _("privacy text")
        verbose_name_plural = _("privacy texts")
        ordering = ["-begins"]

    def __str__(self) -> str:
        return self.version

    def clean(self) -> None:
        """What people have agreed to stays as they read it."""
        super().clean()
        before = PrivacyText.objects.filter(pk=self.pk, consents__isnull=False).first()
        if before and before.text != self.text:
            raise ValidationError(
                {"text": _("People have agreed to it. Make a new version instead.")}
            )


class Consent(models.Model):
    """Somebody agreed to a version, which they read in ``language``."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    text = models.ForeignKey(PrivacyText, models.PROTECT, related_name="consents")
    language = models.CharField(_("language"), max_length=12)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "text"], name="people_one_consent_per_text")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.text}"
