"""Subjects and competencies: the words by which courses are found and planned."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages.translated import TranslatedField

from .whole import SavedWhole


class Subject(SavedWhole):
    """A field of learning; two levels are usual, more are allowed."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("parent subject"),
        null=True,
        blank=True,
        related_name="children",
    )
    name = TranslatedField(_("name"), max_length=120)
    hue = models.PositiveSmallIntegerField(
        _("hue"), default=190, help_text=_("0–359, the colour of covers.")
    )
    icon = models.SlugField(_("icon"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """A subject never stands below itself."""
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A subject cannot stand below itself.")})
            seen.add(above.pk)
            above = above.parent


class Competency(SavedWhole):
    """Something an official is able to do; the training framework links it to courses."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"), max_length=120)
    description = TranslatedField(_("description"), max_length=400, rows=2, blank=True)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)
