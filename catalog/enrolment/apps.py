"""Enrolment as an app of its own below the catalogue."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrolmentConfig(AppConfig):
    """Enrolment."""

    name = "catalog.enrolment"
    label = "enrolment"
    verbose_name = _("Enrolment")
