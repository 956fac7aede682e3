"""What the sync adds to the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .admin.policies import SyncPolicyViewSet
from .admin.runs import SyncRunViewSet


class SyncGroup(SnippetViewSetGroup):
    """Policies and reports."""

    menu_label = _("Catalogue sync")
    menu_icon = "download"
    menu_name = "sync"
    menu_order = 118
    items = (SyncPolicyViewSet, SyncRunViewSet)


register_snippet(SyncGroup)
