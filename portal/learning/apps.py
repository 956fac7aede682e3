"""My learning as an app of its own below the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """My learning."""

    name = "portal.learning"
    label = "learning"
    verbose_name = _("My learning")
