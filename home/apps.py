"""Pages, news, site settings, languages: the ground floor."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home."""

    name = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Watch for what makes kept pages old, for pages that move, and for lost keys."""
        from . import moves, receivers  # noqa: F401
        from .secret_stores import check_secrets

        checks.register(check_secrets, checks.Tags.database)
