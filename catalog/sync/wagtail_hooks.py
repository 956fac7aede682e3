"""What the sync adds to the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .admin.policies import SyncPolicyViewSet
from .admin.runs import ReportPolicy, SyncRunViewSet
from .models import SyncRun

register_permission_policy(SyncRun, ReportPolicy(SyncRun))


class SyncGroup(SnippetViewSetGroup):
    """Policies and reports."""

    menu_label = _("Catalogue sync")
    menu_icon = "download"
    menu_name = "sync"
    menu_order = 118
    items = (SyncPolicyViewSet, SyncRunViewSet)


register_snippet(SyncGroup)
