"""What is read from each LMS, what came of it, and what people have written otherwise."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Course, LMSConnection, Provider
from home.secrets import EncryptedTextField


class SyncPolicy(models.Model):
    """How the catalogue of one LMS becomes part of ours."""

    class Arrival(models.TextChoices):
        """What becomes of a course that is new."""

        DRAFT = "draft", _("Drafts, which editors publish")
        PUBLISH = "publish", _("Published at once")

    connection = models.OneToOneField(
        LMSConnection, models.CASCADE, related_name="sync_policy", verbose_name=_("LMS connection")
    )
    active = models.BooleanField(_("read every night"), default=True)
    arrival = models.CharField(
        _("new courses"), max_length=10, choices=Arrival, default=Arrival.DRAFT
    )
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        related_name="+",
        verbose_name=_("provider"),
        help_text=_("Whose courses they are. Editors may change it for each course."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        default=settings.LANGUAGE_CODE,
        choices=settings.LANGUAGES,
        help_text=_("Of texts for which the LMS names no language of the portal."),
    )
    audience = models.CharField(
        _("audience of new courses"),
        max_length=20,
        choices=Course.Who,
        default=Course.Who.PUBLIC_EMPLOYEES,
    )
    categories = models.TextField(
        _("only these categories"),
        blank=True,
        help_text=_("One per line, with all below it, as the LMS writes them. Empty: all."),
    )

    class Meta:
        verbose_name = _("sync of a catalogue")
        verbose_name_plural = _("syncs of catalogues")
        ordering = ["connection__code"]

    def __str__(self) -> str:
        return str(self.connection)

    @property
    def source(self) -> str:
        """The name under which courses of this LMS are known (``Course.source``)."""
        return f"lms:{self.connection.code}"[:60]


class SyncRun(models.Model):
    """One reading, or one push, and its report. ``counts`` are courses by outcome.

    ``parts_done`` are the parts of the list that are stored; a run that was interrupted goes on
    after them.
    """

    class State(models.TextChoices):
        """How far it came."""

        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Stopped for safety")
        FAILED = "failed", _("Failed")

    class Trigger(models.TextChoices):
        """Who began it."""

        LIST = "list", _("Read by the portal")
        PUSH = "push", _("Sent by the LMS")

    connection = models.ForeignKey(LMSConnection, models.CASCADE, related_name="sync_runs")
    trigger = models.CharField(max_length=8, choices=Trigger, default=Trigger.LIST)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    parts_done = models.JSONField(default=list)
    reason = models.CharField(max_length=30, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of a sync")
        verbose_name_plural = _("runs of syncs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["connection", "-id"], name="sync_run_by_connection")]

    def __str__(self) -> str:
        return f"{self.connection} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"


class SourceRecord(models.Model):
    """A course as an LMS told it last. ``digest`` changes with anything it told.

    ``is_ours`` is a course that people had connected before the sync saw it: it is compared and
    never written. ``taken_down`` are texts that went offline because the LMS hid the course.
    """

    class Outcome(models.TextChoices):
        """What it is in our catalogue."""

        WRITTEN = "written", _("In the catalogue")
        OURS = "ours", _("Connected by people before")
        HIDDEN = "hidden", _("Hidden in the LMS")
        LEFT_OUT = "left_out", _("Left out")
        BAD = "bad", _("Could not be taken")

    connection = models.ForeignKey(LMSConnection, models.CASCADE, related_name="source_records")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    category = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    problem = models.CharField(max_length=500, blank=True)
    course = models.ForeignKey(Course, models.SET_NULL, null=True, related_name="source_records")
    is_ours = models.BooleanField(default=False)
    taken_down = models.JSONField(default=list)
    # No index: it would be written anew for every course of every sync.
    seen_in = models.ForeignKey(
        SyncRun, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    missing_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("course of an LMS")
        verbose_name_plural = _("courses of LMSs")
        constraints = [
            models.UniqueConstraint(fields=["connection", "key"], name="sync_one_record_per_key")
        ]

    def __str__(self) -> str:
        return self.title or self.key


class Difference(models.Model):
    """A person's words that differ from what the LMS says now."""

    record = models.ForeignKey(SourceRecord, models.CASCADE, related_name="differences")
    language = models.CharField(max_length=12)
    field = models.CharField(max_length=20)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["record", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language", "field"], name="sync_one_difference_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.field}"


def new_secret() -> str:
    """256 bits, in letters that need no quoting."""
    return secrets.token_urlsafe(32)


class PushSecret(models.Model):
    """What an LMS signs its pushes with; several at once, so that they can be changed."""

    connection = models.ForeignKey(LMSConnection, models.CASCADE, related_name="push_secrets")
    secret = EncryptedTextField(default=new_secret)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("secret of pushes")
        verbose_name_plural = _("secrets of pushes")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.connection} {self.created_at:%Y-%m-%d}"
