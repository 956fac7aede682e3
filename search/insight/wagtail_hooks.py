"""What insight adds to Wagtail's admin: a report, and what editors can do about it."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .explaining import ExplainView
from .placements_admin import PlacementViewSet
from .report import SearchesView, policy
from .terms import AddTermView

register_snippet(PlacementViewSet)


class SearchesMenuItem(MenuItem):
    """Shown to those who may read the report."""

    def is_shown(self, request) -> bool:
        """The right to see the counts."""
        return policy.user_has_permission(request.user, "view")


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """The report's pages."""
    return [
        path("reports/searches/", SearchesView.as_view(), name="search_report"),
        path(
            "reports/searches/results/",
            SearchesView.as_view(results_only=True),
            name="search_report_results",
        ),
        path("reports/searches/term/", AddTermView.as_view(), name="search_term"),
        path("reports/searches/explain/", ExplainView.as_view(), name="search_explain"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Below Reports."""
    return SearchesMenuItem(
        _("Searches"), reverse("search_report"), name="searches", icon_name="search", order=1000
    )
