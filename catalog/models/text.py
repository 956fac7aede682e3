"""A course's catalogue entry in one language: drafted, reviewed and published like a page."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from home.blocks import BodyBlock

from .course import Course, CourseLanguage
from .whole import SavedWhole


def lines(value: str) -> list[str]:
    """The non-empty lines of a text."""
    return [line.strip() for line in value.splitlines() if line.strip()]


class CourseText(
    SavedWhole, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin
):
    """Title, summary and body of a course in one language."""

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="texts"
    )
    locale = models.ForeignKey(Locale, models.PROTECT, related_name="+", verbose_name=_("language"))
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    outline = models.TextField(_("outline"), blank=True, help_text=_("One part per line."))
    outcomes = models.TextField(
        _("outcomes"), blank=True, help_text=_("What people can do afterwards. One per line.")
    )
    search_words = models.CharField(
        _("search words"),
        max_length=500,
        blank=True,
        help_text=_("Other words people may look for. They are never shown."),
    )
    origin = models.CharField(
        _("origin"),
        max_length=20,
        choices=CourseLanguage.Origin,
        default=CourseLanguage.Origin.HUMAN,
    )
    written_in = models.CharField(
        _("written in"),
        max_length=12,
        blank=True,
        help_text=_("Only when the words are in another language than the one chosen above."),
    )
    made_from = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Hash of the source text this translation was made from.",
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="catalog_coursetext",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="catalog_coursetext",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("course text")
        verbose_name_plural = _("course texts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "locale"], name="catalog_one_text_per_language"
            )
        ]
        indexes = [
            models.Index(fields=["course", "live"], name="catalog_text_live"),
            models.Index(
                fields=["locale", "live", "-first_published_at"], name="catalog_text_newest"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> models.QuerySet:
        """For Wagtail."""
        return self._revisions

    @property
    def language(self) -> str:
        """The language the words are in, as a tag; usually that of the locale."""
        return self.written_in or self.locale.language_code

    @property
    def outline_items(self) -> list[str]:
        """The outline, part by part."""
        return lines(self.outline)

    @property
    def outcome_items(self) -> list[str]:
        """The outcomes, one by one."""
        return lines(self.outcomes)

    @property
    def is_machine_made(self) -> bool:
        """True until a person has reviewed a machine's words."""
        return self.origin == CourseLanguage.Origin.MACHINE

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page with these words."""
        from catalog.views import previews

        return previews.course_text(self, request)

    def _update_from_revision(self, revision: Revision, changed: bool = True) -> None:
        """While nobody outside can see it, the row is called as its newest draft."""
        super()._update_from_revision(revision, changed)
        if changed and not self.live:
            self.save(update_fields=["title"])

    def save(self, *args, **kwargs) -> None:
        """Saves a course made in the same form first."""
        with transaction.atomic():
            if self.course_id is None and "course" in self._state.fields_cache:
                self.course.save()
                self.course = self.course
            super().save(*args, **kwargs)
