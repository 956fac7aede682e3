"""Runs of a course and their dated sessions."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from home.languages.translated import TranslatedField

from .centre import Centre, Room
from .course import Course
from .whole import SavedWhole


class CourseRun(SavedWhole, RevisionMixin, ClusterableModel):
    """One time a course is held, or its standing offer when people learn in their own time."""

    class Pace(models.TextChoices):
        """Who sets the dates."""

        SCHEDULED = "scheduled", _("With fixed dates")
        SELF = "self", _("In your own time")

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="runs"
    )
    code = models.CharField(_("code"), max_length=60)
    pace = models.CharField(_("pace"), max_length=12, choices=Pace, default=Pace.SCHEDULED)
    mode = models.CharField(
        _("mode"), max_length=12, choices=Course.Mode, default=Course.Mode.ONLINE
    )
    language = models.CharField(_("teaching language"), max_length=12, blank=True)
    start = models.DateTimeField(_("start"), null=True, blank=True)
    end = models.DateTimeField(_("end"), null=True, blank=True)
    enrolment_start = models.DateTimeField(_("enrolment opens"), null=True, blank=True)
    enrolment_end = models.DateTimeField(_("enrolment closes"), null=True, blank=True)
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty means without limit.")
    )
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0)
    centre = models.ForeignKey(
        Centre,
        models.PROTECT,
        verbose_name=_("training centre"),
        null=True,
        blank=True,
        related_name="runs",
    )
    lms_key = models.CharField(
        _("key in the LMS"), max_length=200, blank=True, help_text=_("Empty: as the course.")
    )
    cancelled = models.BooleanField(_("cancelled"), default=False)
    note = TranslatedField(_("note"), max_length=300, rows=2, blank=True)

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="content_type",
        object_id_field="object_id",
        related_query_name="catalog_courserun",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = [F("start").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["course", "start"], name="catalog_run_by_course"),
            models.Index(fields=["centre", "start"], name="catalog_run_by_centre"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["course", "code"], name="catalog_run_once_per_course"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="catalog_run_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(enrolment_end__isnull=True)
                | Q(enrolment_start__isnull=True)
                | Q(enrolment_end__gte=F("enrolment_start")),
                name="catalog_enrolment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.code}"

    def clean(self) -> None:
        """Dates in order, before the database says so less kindly."""
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The end lies before the start.")})
        opens, closes = self.enrolment_start, self.enrolment_end
        if opens and closes and closes < opens:
            raise ValidationError({"enrolment_end": _("Enrolment closes before it opens.")})
        if self.pace == self.Pace.SCHEDULED and self.end and not self.start:
            raise ValidationError({"start": _("A run that ends must also start.")})


class RunSession(models.Model):
    """A dated meeting of a run, in a room or online."""

    run = ParentalKey(CourseRun, on_delete=models.CASCADE, related_name="sessions")
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    room = models.ForeignKey(
        Room,
        models.PROTECT,
        verbose_name=_("room"),
        null=True,
        blank=True,
        related_name="sessions",
    )
    title = TranslatedField(_("title"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["room", "start"], name="catalog_session_by_room")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="catalog_session_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        """A session lasts."""
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("A session must end after it starts.")})
