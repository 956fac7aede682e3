"""A course: the facts that exist once, whatever the language."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from catalog.people.models import Country, Institution
from home.languages.translated import TranslatedField

from .connection import LMSConnection
from .provider import Provider
from .vocabulary import Competency, Subject
from .whole import SavedWhole


class CourseQuerySet(models.QuerySet):
    """The selections of courses that more than one place needs."""

    def public(self) -> CourseQuerySet:
        """Courses a visitor may see: not withdrawn, with at least one published text."""
        from .text import CourseText

        texts = CourseText.objects.filter(course=models.OuterRef("pk"), live=True)
        return self.filter(models.Exists(texts), withdrawn_at=None)

    def due(self, moment) -> CourseQuerySet:
        """Courses whose state has changed by ``moment`` without anybody touching them."""
        return self.filter(next_change_at__lte=moment)


class Course(SavedWhole, RevisionMixin, ClusterableModel):
    """A catalogue entry; its number (the primary key) is its address for ever."""

    class Kind(models.TextChoices):
        """What a learner gets."""

        COURSE = "course", _("Course")
        LIVE = "live", _("Live session")
        VIDEO = "video", _("Video")
        SLIDES = "slides", _("Slides")
        DOCUMENT = "document", _("Document")

    class Level(models.TextChoices):
        """How much must be known before."""

        INTRODUCTORY = "introductory", _("Introductory")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    class Mode(models.TextChoices):
        """Where and when learning happens."""

        ONLINE = "online", _("Online, in your own time")
        LIVE_ONLINE = "live_online", _("Online, at fixed times")
        CLASSROOM = "classroom", _("In a classroom")
        BLENDED = "blended", _("Classroom and online")

    class Who(models.TextChoices):
        """Whom the course is for."""

        EVERYONE = "everyone", _("Everyone")
        PUBLIC_EMPLOYEES = "public_employees", _("Public employees")
        NAMED_INSTITUTIONS = "named_institutions", _("Named institutions")

    class Enrolment(models.TextChoices):
        """How a place is given."""

        OPEN = "open", _("Anyone entitled may enrol")
        APPROVAL = "approval", _("A manager approves")
        INVITATION = "invitation", _("By invitation")
        NOMINATION = "nomination", _("Institutions nominate")
        CLOSED = "closed", _("No enrolment")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COURSE)
    provider = models.ForeignKey(
        Provider, models.PROTECT, verbose_name=_("provider"), related_name="courses"
    )
    subjects = ParentalManyToManyField(
        Subject, verbose_name=_("subjects"), blank=True, related_name="courses"
    )
    competencies = ParentalManyToManyField(
        Competency, verbose_name=_("competencies"), blank=True, related_name="courses"
    )
    level = models.CharField(_("level"), max_length=16, choices=Level, default=Level.INTRODUCTORY)
    mode = models.CharField(_("mode"), max_length=12, choices=Mode, default=Mode.ONLINE)
    workload = models.PositiveIntegerField(
        _("workload"), null=True, blank=True, help_text=_("Minutes of learning.")
    )
    audience = models.CharField(
        _("audience"), max_length=20, choices=Who, default=Who.PUBLIC_EMPLOYEES
    )
    audience_countries = ParentalManyToManyField(
        Country,
        verbose_name=_("countries"),
        blank=True,
        related_name="+",
        help_text=_("None chosen means every country."),
    )
    audience_institutions = ParentalManyToManyField(
        Institution, verbose_name=_("institutions"), blank=True, related_name="+"
    )
    enrolment = models.CharField(
        _("enrolment"), max_length=12, choices=Enrolment, default=Enrolment.OPEN
    )
    contact_name = models.CharField(_("contact office"), max_length=160, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    image = models.ForeignKey(
        "home.PortalImage",
        models.SET_NULL,
        verbose_name=_("image"),
        null=True,
        blank=True,
        related_name="+",
    )
    lms = models.ForeignKey(
        LMSConnection, models.PROTECT, null=True, blank=True, verbose_name=_("LMS")
    )
    lms_key = models.CharField(_("key in the LMS"), max_length=200, blank=True)
    related = models.ManyToManyField(
        "self",
        verbose_name=_("related courses"),
        blank=True,
        symmetrical=False,
        related_name="+",
    )

    source_language = models.CharField(
        _("source language"), max_length=12, default=settings.LANGUAGE_CODE
    )
    source = models.CharField(_("source"), max_length=60, blank=True, editable=False)
    source_key = models.CharField(max_length=200, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = TranslatedField(_("reason"), max_length=400, rows=2, blank=True)
    replacement = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("replacement"),
        null=True,
        blank=True,
        related_name="replaces",
    )

    # Kept by catalog.receivers: when the words on the page change by themselves next.
    next_change_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Kept with the texts: folded titles of all languages and the code, for the admin's search.
    admin_search = models.TextField(blank=True, editable=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="content_type",
        object_id_field="object_id",
        related_query_name="catalog_course",
        for_concrete_model=False,
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["-pk"]
        permissions = [("withdraw_course", _("Can withdraw a course"))]
        indexes = [
            models.Index(fields=["provider", "-id"], name="catalog_course_by_provider"),
            models.Index(
                fields=["next_change_at"],
                name="catalog_course_due",
                condition=models.Q(next_change_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="catalog_course_once_per_source",
                condition=~models.Q(source_key=""),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_withdrawn(self) -> bool:
        """True when its address answers 410."""
        return self.withdrawn_at is not None

    def clean(self) -> None:
        """Rules that hold across fields."""
        if self.lms_key and not self.lms_id:
            raise ValidationError({"lms": _("Choose the LMS that this key belongs to.")})


class CourseLanguage(models.Model):
    """A language a course is taught, subtitled or voiced in, and who made it so."""

    class Role(models.TextChoices):
        """What the language is used for."""

        TEACHING = "teaching", _("Teaching")
        SUBTITLES = "subtitles", _("Subtitles")
        VOICE = "voice", _("Voice-over")

    class Origin(models.TextChoices):
        """Who made the words."""

        HUMAN = "human", _("Human")
        MACHINE_REVIEWED = "machine_reviewed", _("Machine, reviewed")
        MACHINE = "machine", _("Machine")

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="languages")
    role = models.CharField(_("use"), max_length=12, choices=Role, default=Role.TEACHING)
    language = models.CharField(_("language"), max_length=12)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.HUMAN)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "role", "language"], name="catalog_language_once_per_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.language}"

    def clean(self) -> None:
        """A language tag as in BCP 47."""
        from home.languages.facts import is_language_code

        if not is_language_code(self.language):
            raise ValidationError({"language": _("Write a language tag, for example az or kk.")})
