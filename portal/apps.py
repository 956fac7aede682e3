"""The app that composes the others: health, schedule, setup, demo."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Portal."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Introduce parts that do not know each other: who has a place, who hears of grades."""
        from catalog.connections.roster import graded, keep_roster
        from catalog.enrolment.roster import EnrolmentRoster

        from .learning.reading import take_grade

        keep_roster(EnrolmentRoster())
        graded.connect(take_grade)
