"""What the administrators of a site set themselves: name, colours, languages, banner, footer."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Locale

from home.languages.translated import TranslatedField

colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits."))


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Name, look, languages, countries and notices of one site."""

    name = TranslatedField(_("name"), max_length=80, blank=True)
    tagline = TranslatedField(_("tagline"), max_length=160, blank=True)
    logo = models.ForeignKey(
        "home.PortalImage",
        models.SET_NULL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        related_name="+",
    )
    brand = models.CharField(
        _("brand colour"), max_length=7, default="#0B5563", validators=[colour]
    )
    brand_2 = models.CharField(
        _("accent colour"), max_length=7, default="#B3261E", validators=[colour]
    )
    gold = models.CharField(
        _("ornament colour"), max_length=7, default="#9A6B14", validators=[colour]
    )
    languages = ParentalManyToManyField(
        Locale, verbose_name=_("languages"), blank=True, help_text=_("None chosen means all.")
    )
    countries = ParentalManyToManyField(
        "people.Country",
        verbose_name=_("countries"),
        blank=True,
        help_text=_("Offered where a visitor chooses a country. None chosen means all."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    help_email = models.EmailField(
        _("help e-mail"),
        blank=True,
        help_text=_("Gets what readers write with the help form. Empty: the contact e-mail."),
    )
    help_days = models.PositiveSmallIntegerField(
        _("days to keep messages"),
        default=180,
        validators=[MinValueValidator(7), MaxValueValidator(3650)],
        help_text=_("After so many days a message of the help form is erased."),
    )
    footer = TranslatedField(_("footer text"), max_length=600, rows=3, blank=True)
    banner = TranslatedField(_("alert banner"), max_length=300, rows=2, blank=True)
    banner_urgent = models.BooleanField(_("urgent"), default=False)
    banner_until = models.DateTimeField(_("show the banner until"), null=True, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo")], heading=_("Name")
        ),
        MultiFieldPanel(
            [FieldPanel("brand"), FieldPanel("brand_2"), FieldPanel("gold")], heading=_("Colours")
        ),
        MultiFieldPanel(
            [FieldPanel("languages"), FieldPanel("countries")], heading=_("Languages and countries")
        ),
        MultiFieldPanel(
            [FieldPanel("banner"), FieldPanel("banner_urgent"), FieldPanel("banner_until")],
            heading=_("Alert banner"),
        ),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("footer")], heading=_("Footer")),
        MultiFieldPanel(
            [FieldPanel("help_email"), FieldPanel("help_days")], heading=_("Help form")
        ),
    ]

    class Meta:
        verbose_name = _("site settings")
