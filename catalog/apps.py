"""The catalogue: courses, runs, programmes, providers, centres."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Catalogue."""

    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Offer the catalogue's entries to the index pages and watch for changes."""
        from . import receivers  # noqa: F401
