"""Programmes: courses that belong together, in an order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from catalog.people.models import Country
from home.languages.translated import TranslatedField
from home.navigation import active_language

from .course import Course
from .provider import Provider
from .whole import SavedWhole


class Programme(
    SavedWhole,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """A path through several courses; small enough to be edited in all languages at once."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    provider = models.ForeignKey(
        Provider, models.PROTECT, verbose_name=_("provider"), related_name="programmes"
    )
    title = TranslatedField(_("title"), max_length=160)
    summary = TranslatedField(_("summary"), max_length=300, rows=2, blank=True)
    about = TranslatedField(_("about"), max_length=5000, rows=6, blank=True)
    outcomes = TranslatedField(
        _("outcomes"), max_length=2000, rows=4, blank=True, help_text=_("One per line.")
    )
    level = models.CharField(
        _("level"), max_length=16, choices=Course.Level, default=Course.Level.INTRODUCTORY
    )
    audience = models.CharField(
        _("audience"), max_length=20, choices=Course.Who, default=Course.Who.PUBLIC_EMPLOYEES
    )
    audience_countries = ParentalManyToManyField(
        Country, verbose_name=_("countries"), blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One for each language of the portal, since all are edited together."""
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        """The language of the person who looks."""
        return active_language()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page in the language ``mode_name``."""
        from catalog.views import previews

        known = dict(settings.LANGUAGES)
        language = mode_name if mode_name in known else self.default_preview_mode
        return previews.programme(self, request, language)


class ProgrammeCourse(Orderable):
    """A course's place in a programme."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="steps")
    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="programme_steps"
    )
    required = models.BooleanField(_("required"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "course"], name="catalog_course_once_per_programme"
            )
        ]

    def __str__(self) -> str:
        return str(self.course)
