"""The app that composes the others: health, schedule, setup, demo."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Portal."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Tell those who let people into LMSs whom to ask; the two do not know each other."""
        from catalog.connections.roster import keep_roster
        from catalog.enrolment.roster import EnrolmentRoster

        keep_roster(EnrolmentRoster())
