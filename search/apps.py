"""Search: from text analysis to the result page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search."""

    name = "search"
    verbose_name = _("Search")
