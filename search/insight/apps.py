"""Insight as an app of its own below search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    """Insight."""

    name = "search.insight"
    label = "insight"
    verbose_name = _("Searches")
