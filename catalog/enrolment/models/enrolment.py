"""One person and one run: what is wanted, what is confirmed, what is being done, its history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import CourseRun, LMSConnection

DETAIL_CHARACTERS, RAW_CHARACTERS = 300, 2000


class EnrolmentQuerySet(models.QuerySet):
    """The selections that more than one place needs."""

    def holding(self) -> EnrolmentQuerySet:
        """Those that take a seat: wanted, and not turned down."""
        return self.filter(wanted=True).exclude(work=Enrolment.Work.REFUSED)

    def due(self, moment) -> EnrolmentQuerySet:
        """Those that the worker should carry into the LMS by ``moment``."""
        return self.filter(next_try__lte=moment)


class Enrolment(models.Model):
    """Two facts, ``wanted`` and ``place``, and the work that brings them together.

    ``wish`` counts the changes of ``wanted``: an answer of the LMS that belongs to an older wish
    does not end the work for the newer one. ``begun_at`` is set before the LMS is first asked for
    this wish, so that a crash leaves no place behind that nobody remembers.
    """

    wagtail_reference_index_ignore = True

    class Place(models.TextChoices):
        """What the LMS has told last."""

        NONE = "none", _("None")
        ACTIVE = "active", _("In the course")
        INACTIVE = "inactive", _("Suspended, over or not begun")
        AT_LAUNCH = "at_launch", _("Taken in on entering")

    class Work(models.TextChoices):
        """Who has to do something now."""

        APPROVAL = "approval", _("Waits for the manager")
        DUE = "due", _("Being arranged")
        SETTLED = "settled", _("Nothing to do")
        STUCK = "stuck", _("Stuck")
        REFUSED = "refused", _("Turned down")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="enrolments",
        verbose_name=_("person"),
    )
    run = models.ForeignKey(
        CourseRun, models.PROTECT, related_name="enrolments", verbose_name=_("run")
    )
    connection = models.ForeignKey(
        LMSConnection, models.PROTECT, related_name="+", verbose_name=_("LMS connection")
    )
    lms_key = models.CharField(_("key in the LMS"), max_length=200)
    language = models.CharField(_("language"), max_length=12)

    wanted = models.BooleanField(_("wanted"), default=True)
    wanted_at = models.DateTimeField(_("since"), default=timezone.now)
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wish = models.PositiveIntegerField(default=1)

    place = models.CharField(_("place"), max_length=12, choices=Place, default=Place.NONE)
    place_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    work = models.CharField(_("state"), max_length=12, choices=Work, default=Work.DUE)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = models.CharField(max_length=DETAIL_CHARACTERS, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_try = models.DateTimeField(_("next attempt"), null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_try"], name="enrolment_due", condition=Q(next_try__isnull=False)
            ),
            models.Index(fields=["run", "wanted", "work"], name="enrolment_by_run"),
            models.Index(fields=["connection", "work", "reason"], name="enrolment_by_connection"),
            models.Index(fields=["checked_at", "id"], name="enrolment_to_check"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "run"], name="enrolment_once_per_run"),
            models.CheckConstraint(
                condition=Q(work="due", next_try__isnull=False)
                | (~Q(work="due") & Q(next_try__isnull=True)),
                name="enrolment_due_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.run}"

    @property
    def is_confirmed(self) -> bool:
        """True when the person can go to the course."""
        return self.wanted and self.place in (self.Place.ACTIVE, self.Place.AT_LAUNCH)


class EnrolmentEvent(models.Model):
    """One line of the history; written once, never changed."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What happened."""

        REQUESTED = "requested", _("Requested")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        APPROVED = "approved", _("Approved by the manager")
        DECLINED = "declined", _("Declined by the manager")
        EXPIRED = "expired", _("The manager did not answer")
        CONFIRMED = "confirmed", _("Confirmed by the LMS")
        REMOVED = "removed", _("Taken out of the LMS")
        DELAYED = "delayed", _("To be tried again")
        REFUSED = "refused", _("Turned down")
        STUCK = "stuck", _("Stuck")
        AGAIN = "again", _("Tried again on request")
        FOUND = "found", _("Found different in the LMS")

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=DETAIL_CHARACTERS, blank=True)
    # What the LMS said, for staff only; bounded and without markup.
    raw = models.CharField(max_length=RAW_CHARACTERS, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new line only. RuntimeError for one that is there already."""
        if self.pk is not None:
            raise RuntimeError("history is not rewritten")
        super().save(*args, **kwargs)
