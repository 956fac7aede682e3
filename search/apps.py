"""Search: from text analysis to the result page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Listen for changes in every process, whatever it was started for."""
        from . import outbox, receivers  # noqa: F401
