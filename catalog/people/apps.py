"""Accounts, institutions, countries and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People."""

    name = "catalog.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """The keys of second steps are kept by the library for accounts, encrypted by us."""
        from allauth.mfa.models import Authenticator

        from home.secret_stores import Store, keep_in_sight

        from .signin.sealing import renewed

        keep_in_sight(Store(Authenticator, "data", renewed))
