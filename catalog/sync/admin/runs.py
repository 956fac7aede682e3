"""The reports of runs: counts, verdict, and what editors should look at."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import InspectView

from catalog.admin.base import CatalogueIndexView, CatalogueViewSet
from catalog.teams import own_providers, works_for_all

from ..models import Difference, SourceRecord, SyncRun
from ..telling import counted, verdict

MOST_SHOWN = 200


class ReportPolicy(ModelPermissionPolicy):
    """Nobody writes reports, whatever rights they have."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """To see them."""
        return action == "view" and super().user_has_permission(user, action)


class RunIndexView(CatalogueIndexView):
    """Newest first."""

    default_ordering = "-pk"
    show_export_buttons = False

    def get_base_queryset(self) -> QuerySet:
        """With the name of the LMS."""
        return super().get_base_queryset().select_related("connection").defer("parts_done")

    @cached_property
    def columns(self) -> list[Column]:
        """LMS, when, how, counts, verdict."""
        return [
            self._get_title_column("connection"),
            DateColumn("started_at", label=_("Started"), sort_key="started_at"),
            Column("trigger", label=_("How"), accessor="get_trigger_display"),
            Column("state", label=_("State"), accessor="get_state_display"),
            Column("counts", label=_("Courses"), accessor=counts_in_words),
            Column("verdict", label=_("Verdict"), accessor=verdict),
        ]


def counts_in_words(run: SyncRun) -> str:
    """``new: 3, changed: 1``."""
    return ", ".join(f"{word}: {number}" for word, number in counted(run))


class RunInspectView(InspectView):
    """One run, and how the catalogue and that of the LMS stand to each other now."""

    template_name = "sync/run.html"
    page_title = gettext_lazy("Report")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Differences and missing courses of one's own providers; faults for everybody."""
        run = self.object
        records = SourceRecord.objects.filter(connection=run.connection_id)
        own = (
            records
            if works_for_all(self.request.user)
            else records.filter(course__provider__in=own_providers(self.request.user))
        )
        differences = Difference.objects.filter(record__in=own).select_related("record__course")
        return super().get_context_data(
            run=run,
            counts=counted(run),
            verdict=verdict(run),
            differences=differences[:MOST_SHOWN],
            missing=own.exclude(missing_since=None).select_related("course")[:MOST_SHOWN],
            bad=records.filter(outcome=SourceRecord.Outcome.BAD)[:MOST_SHOWN],
            most=MOST_SHOWN,
            **kwargs,
        )


class SyncRunViewSet(CatalogueViewSet):
    """Reports: seen, never edited."""

    model = SyncRun
    icon = "list-ul"
    menu_label = gettext_lazy("Reports")
    index_view_class = RunIndexView
    inspect_view_enabled = True
    inspect_view_class = RunInspectView
