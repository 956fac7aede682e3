"""What readers write to the academy with the help form."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HelpMessage(models.Model):
    """One message; it is mailed to the academy and erased after some time.

    ``mail_due`` is when the next attempt to mail it is made, None when there is nothing to mail.
    """

    class Topic(models.TextChoices):
        """What it is about."""

        COURSE = "course", _("A course or its dates")
        ENROLMENT = "enrolment", _("Enrolment")
        ACCOUNT = "account", _("Signing in or my account")
        BARRIER = "barrier", _("Something I cannot use or read")
        PERSONAL_DATA = "data", _("My personal data")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """Whether somebody has answered."""

        NEW = "new", _("New")
        ANSWERED = "answered", _("Answered")

    LONGEST = 4000

    reference = models.CharField(_("reference"), max_length=9, unique=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    site = models.ForeignKey(
        "wagtailcore.Site", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=12)
    # Who was signed in when it was written; it is theirs to take along and to have erased.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    message = models.TextField(_("message"), max_length=LONGEST)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    note = models.TextField(
        _("note"), max_length=1000, blank=True, help_text=_("For colleagues; never shown.")
    )
    # Tells one sender from another for a day without keeping where they are.
    sender = models.CharField(max_length=32, editable=False)
    mail_due = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    mail_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    mail_error = models.CharField(_("mail not sent"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("help message")
        verbose_name_plural = _("help messages")
        ordering = ["-created_at", "-pk"]
        # Messages come from the form alone.
        default_permissions = ("change", "delete", "view")

    def __str__(self) -> str:
        return self.reference
