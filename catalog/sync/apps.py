"""Catalogue sync."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyncConfig(AppConfig):
    """Sync."""

    name = "catalog.sync"
    label = "sync"
    verbose_name = _("Catalogue sync")
