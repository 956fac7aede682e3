"""Countries and the public bodies in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages.dates import check_zone
from home.languages.translated import TranslatedField


class Country(models.Model):
    """A country or a territory whose officials use the portal; Northern Cyprus has no ISO code."""

    code = models.SlugField(_("code"), max_length=8, unique=True)
    iso_code = models.CharField(
        _("ISO 3166 code"), max_length=2, null=True, blank=True, unique=True
    )
    name = TranslatedField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Asia/Baku",
        validators=[check_zone],
        help_text=_("By its clocks go the dates of its providers' runs that have no centre."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)


class Institution(models.Model):
    """A public body that employs people who learn here."""

    class Kind(models.TextChoices):
        """What sort of body it is."""

        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("Agency")
        MUNICIPALITY = "municipality", _("Municipality")
        UNIVERSITY = "university", _("University")
        OTHER = "other", _("Other")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="institutions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    name = TranslatedField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["country", "code"]

    def __str__(self) -> str:
        return str(self.name)
