"""What the portal remembers of each LMS."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectionsConfig(AppConfig):
    """Connections."""

    name = "catalog.connections"
    label = "connections"
    verbose_name = _("LMS connections")
