"""The report of searches in the admin: what is asked, what finds nothing, what nobody opens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from home.languages.facts import language_name
from home.spreadsheets import harmless

from .models import QueryDay
from .selectors import by_query

DEFAULT_DAYS, LONGEST_DAYS = 30, 365
# Fewer searches say nothing about clicks; of ten, one click is few.
ENOUGH_SEARCHES, FEW_CLICKS = 5, 10

policy = ModelPermissionPolicy(QueryDay)
CRUMB = {"url": reverse_lazy("search_report"), "label": _("Searches")}


class SearchesFilterSet(WagtailFilterSet):
    """Period, language of the reader, and which queries."""

    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days"))],
        empty_label=None,
        null_label=_("A year"),
        null_value="",
        method="of_period",
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    show = django_filters.ChoiceFilter(
        label=_("Queries"),
        choices=[("nothing", _("Nothing was found")), ("unopened", _("Rarely opened"))],
        method="of_kind",
    )

    class Meta:
        model = QueryDay
        fields: list[str] = []

    def of_period(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Days up to today."""
        days = int(value) if value else LONGEST_DAYS
        return queryset.filter(day__gt=timezone.localdate() - timedelta(days=days))

    def of_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Queries that editors can do something about."""
        if value == "nothing":
            return queryset.filter(nothing__gt=0).order_by("-nothing", "query")
        few = queryset.filter(asked__gte=ENOUGH_SEARCHES, opened__lt=F("asked") / FEW_CLICKS + 1)
        return few.filter(nothing__lt=F("asked"))


class LanguageColumn(Column):
    """The language's name."""

    def get_value(self, instance: dict[str, Any]) -> str:
        """In the language of the admin."""
        return language_name(instance["language"], get_language())


def _search_address(row: dict[str, Any]) -> str:
    return f"/{row['language']}/search/?" + urlencode({"q": row["shown"]})


def _address(name: str, row: dict[str, Any]) -> str:
    said = {"language": row["language"], "query": row["shown"]}
    return f"{reverse(name)}?{urlencode(said)}"


class ActionColumn(Column):
    """A link to what can be done about the query."""

    cell_template_name = "search/admin/action_cell.html"

    def __init__(self, name: str, text: Any, url_name: str) -> None:
        super().__init__(name, label="")
        self._text, self._url_name = text, url_name

    def get_value(self, instance: dict[str, Any]) -> dict[str, Any]:
        """The same words in every row, and where they lead."""
        return {"text": self._text, "url": _address(self._url_name, instance)}


class SearchesView(ReportView):
    """One row a query; most asked first."""

    page_title = _("Searches")
    header_icon = "search"
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    filterset_class = SearchesFilterSet
    permission_policy = policy
    permission_required = "view"
    default_ordering = "-asked"
    columns = [
        TitleColumn("shown", label=_("Query"), get_url=_search_address),
        LanguageColumn("language", label=_("Language")),
        NumberColumn("asked", label=_("Searches"), sort_key="asked"),
        NumberColumn("nothing", label=_("Without results"), sort_key="nothing"),
        NumberColumn("opened", label=_("Results opened"), sort_key="opened"),
        ActionColumn("glossary", _("Add to the glossary"), "search_term"),
        ActionColumn("explain", _("Explain"), "search_explain"),
    ]
    list_export = ["shown", "language", "asked", "persons", "nothing", "opened"]
    export_headings = {
        "shown": _("Query"),
        "language": _("Language"),
        "asked": _("Searches"),
        "persons": _("People on the busiest day"),
        "nothing": _("Without results"),
        "opened": _("Results opened"),
    }
    export_filename = "searches"
    custom_field_preprocess = {"shown": {"csv": harmless, "xlsx": harmless}}

    def get_queryset(self) -> QuerySet:
        """Counts by query; the order is the filters' or the columns'."""
        days = LONGEST_DAYS if self.request.GET.get("days") is not None else DEFAULT_DAYS
        return by_query(days).order_by(*self._order())

    def _order(self) -> tuple[str, ...]:
        wanted = self.request.GET.get("ordering", self.default_ordering)
        known = {f"{sign}{name}" for sign in ("", "-") for name in ("asked", "nothing", "opened")}
        return (wanted if wanted in known else self.default_ordering, "query", "language")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Ordered already; rows of counts have no primary key to order by."""
        return queryset
