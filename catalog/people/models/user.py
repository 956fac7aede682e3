"""The people who use the portal."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Country, Institution


class PortalUserManager(UserManager):
    """Gives each new person an opaque username."""

    def create_user(self, username=None, email=None, password=None, **extra):
        """A person; the username is made here unless one is given."""
        return super().create_user(username or new_username(), email, password, **extra)

    def create_superuser(self, username=None, email=None, password=None, **extra):
        """The first administrator."""
        return super().create_superuser(username or new_username(), email, password, **extra)


def new_username() -> str:
    """``p`` and a random number: usernames reach LMSs and logs and must say nothing."""
    return f"p{secrets.randbelow(9 * 10**11) + 10**11}"


class User(AbstractUser):
    """A person; names, e-mail and institution may change, the username never does."""

    username = models.CharField(_("username"), max_length=40, unique=True, default=new_username)
    country = models.ForeignKey(
        Country, models.SET_NULL, verbose_name=_("country"), null=True, blank=True
    )
    institution = models.ForeignKey(
        Institution, models.SET_NULL, verbose_name=_("institution"), null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=12, blank=True)

    objects = PortalUserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                name="people_one_account_per_email",
                condition=~models.Q(email=""),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The name as it was given, else the address; the username tells colleagues nothing."""
        return super().get_full_name() or self.email


class UsedCode(models.Model):
    """A code of the second step that must not be taken twice before ``until``."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("used code")
        verbose_name_plural = _("used codes")
        constraints = [
            models.UniqueConstraint(fields=["user", "code"], name="people_code_counts_once")
        ]

    def __str__(self) -> str:
        return str(self.user_id)
