"""Training centres, their rooms and their history."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from catalog.people.models import Country
from home.languages.dates import check_zone
from home.languages.translated import TranslatedField

from .whole import SavedWhole


class Centre(SavedWhole, ClusterableModel):
    """A central or regional training centre."""

    class Kind(models.TextChoices):
        """Where it stands in the network."""

        CENTRAL = "central", _("Central")
        REGIONAL = "regional", _("Regional")

    class Status(models.TextChoices):
        """Whether people can come."""

        OPEN = "open", _("Open")
        MOVED = "moved", _("Moved")
        CLOSED = "closed", _("Closed")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.REGIONAL)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="centres"
    )
    name = TranslatedField(_("name"), max_length=160)
    region = TranslatedField(_("region"), max_length=120, blank=True)
    city = TranslatedField(_("city"), max_length=80, blank=True)
    address = TranslatedField(_("address"), max_length=250, rows=2, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    opening_hours = TranslatedField(_("opening hours"), max_length=200, blank=True)
    accessibility = TranslatedField(_("accessibility"), max_length=500, rows=2, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Asia/Baku", validators=[check_zone]
    )
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("successor"),
        null=True,
        blank=True,
        related_name="predecessors",
    )

    class Meta:
        verbose_name = _("training centre")
        verbose_name_plural = _("training centres")
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return str(self.name)


class CentreEvent(models.Model):
    """What happened to a centre and when."""

    class Event(models.TextChoices):
        """Kinds of change."""

        OPENED = "opened", _("Opened")
        MOVED = "moved", _("Moved")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Reopened")

    centre = ParentalKey(Centre, on_delete=models.CASCADE, related_name="history")
    date = models.DateField(_("date"))
    event = models.CharField(_("event"), max_length=12, choices=Event)
    note = TranslatedField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("history")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_event_display()}, {self.date}"


class Room(models.Model):
    """A room with seats in a centre."""

    centre = ParentalKey(Centre, on_delete=models.CASCADE, related_name="rooms")
    code = models.CharField(_("number"), max_length=20)
    name = TranslatedField(_("name"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=20)
    step_free = models.BooleanField(_("step-free"), default=False)
    equipment = TranslatedField(_("equipment"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["centre", "code"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "code"], name="catalog_room_once_per_centre")
        ]

    def __str__(self) -> str:
        return str(self.name) or self.code
