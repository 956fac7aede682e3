"""Pages, news, site settings, languages: the ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home."""

    name = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Watch for what makes kept pages old, and for pages that move."""
        from . import moves, receivers  # noqa: F401
