"""Accounts, institutions, countries and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People."""

    name = "catalog.people"
    label = "people"
    verbose_name = _("People")
