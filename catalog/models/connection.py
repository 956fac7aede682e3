"""Learning management systems that courses lead to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog import lms
from home.languages.translated import TranslatedField


class LMSConnection(models.Model):
    """One LMS; what its kind needs to know lies in ``options`` and is checked by the connector."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"), max_length=120, help_text=_("As readers should see it."))
    kind = models.CharField(_("kind"), max_length=20, default="link")
    url_template = models.CharField(
        _("address template"),
        max_length=400,
        blank=True,
        help_text=_("For example https://lms.example.org/course/{key}?lang={language}"),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("LMS connection")
        verbose_name_plural = _("LMS connections")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def connector(self) -> lms.Connector:
        """The connector that speaks to this LMS."""
        return lms.connector(self.kind, {"url_template": self.url_template})

    def clean(self) -> None:
        """Whatever the connector of this kind finds wrong."""
        if self.kind not in lms.kinds():
            raise ValidationError({"kind": _("There is no connector of this kind.")})
        if problems := self.connector.problems():
            raise ValidationError({"url_template": problems})
