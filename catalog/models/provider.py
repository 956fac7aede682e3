"""Institutions that offer courses, and the people who may edit what they offer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.people.models import Country, Institution
from home.languages.translated import TranslatedField

from .whole import SavedWhole


class Provider(SavedWhole):
    """An academy, institute or university; its team edits its courses and no others."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"), max_length=200)
    summary = TranslatedField(_("summary"), max_length=300, rows=2, blank=True)
    about = TranslatedField(_("about"), max_length=5000, rows=6, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="providers"
    )
    institution = models.ForeignKey(
        Institution, models.SET_NULL, verbose_name=_("institution"), null=True, blank=True
    )
    city = TranslatedField(_("city"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    logo = models.ForeignKey(
        "home.PortalImage",
        models.SET_NULL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        related_name="+",
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("team"),
        blank=True,
        related_name="provider_teams",
        help_text=_("People who may work on this provider's courses, each within their role."),
    )

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["code"]
        permissions = [("any_provider", _("Can work on the courses of every provider"))]

    def __str__(self) -> str:
        return str(self.name)
