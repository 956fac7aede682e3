"""The catalogue: courses, runs, programmes, providers, centres."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Catalogue."""

    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Offer the catalogue's entries to the index pages and watch for changes."""
        from home.entries import EntryViews, register

        from . import (
            receivers,  # noqa: F401
            review_mails,
        )
        from .views import centre, course, listing, programme, provider

        review_mails.connect()
        register("course", EntryViews(listing.courses, course.entry))
        register("programme", EntryViews(listing.programmes, programme.entry))
        register("provider", EntryViews(listing.provider_list, provider.entry))
        register("centre", EntryViews(listing.centres, centre.entry))
