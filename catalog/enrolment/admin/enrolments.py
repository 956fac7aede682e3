"""The list of enrolments, one with its history, and another try."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import InspectView

from catalog.admin.actions import ActionView
from catalog.admin.base import CatalogueIndexView, CatalogueViewSet
from catalog.admin.buttons import allowed
from catalog.admin.gate import InstanceGate
from catalog.admin.titles import title_of, with_titles
from catalog.models import LMSConnection

from .. import waking
from ..models import Enrolment, EnrolmentEvent, Mail
from ..sentences import for_staff
from ..settling import may_try_again, try_again


class EnrolmentFilterSet(WagtailFilterSet):
    """Filters of the list."""

    work = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=Enrolment.Work.choices)
    connection = django_filters.ModelChoiceFilter(
        label=gettext_lazy("LMS connection"), queryset=LMSConnection.objects.all()
    )

    class Meta:
        model = Enrolment
        fields: list[str] = []


class EnrolmentIndexView(CatalogueIndexView):
    """Newest first; ``?work=stuck`` are those that need somebody."""

    default_ordering = "-pk"
    filterset_class = EnrolmentFilterSet
    show_export_buttons = False

    def get_base_queryset(self) -> QuerySet:
        """With what a row shows."""
        return (
            super()
            .get_base_queryset()
            .select_related("person", "run__course", "connection")
            .prefetch_related(with_titles("run__course__texts"))
            .defer("run__course__admin_search")
        )

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """By the person's e-mail or username, whole."""
        if not self.is_searching:
            return queryset
        words = self.search_query.strip()
        return queryset.filter(person__email__iexact=words) | queryset.filter(
            person__username__iexact=words
        )

    @cached_property
    def columns(self) -> list[Column]:
        """Person, course, run, state, why, since."""
        return [
            self._get_title_column("person"),
            Column("course", label=_("Course"), accessor=lambda row: title_of(row.run.course)),
            Column("run", label=_("Run"), accessor=lambda row: row.run.code),
            Column("wanted", label=_("Wanted"), accessor=wanted_words),
            Column("work", label=_("State"), accessor=lambda row: row.get_work_display()),
            Column("reason", label=_("Reason"), accessor=problem),
            DateColumn("wanted_at", label=_("Since"), sort_key="wanted_at"),
        ]


def wanted_words(row: Enrolment) -> str:
    """Yes or no."""
    return _("Yes") if row.wanted else _("No")


def problem(row: Enrolment) -> str:
    """Why it stands as it does, for staff."""
    return for_staff(row.reason, row.detail) if row.reason else ""


class EnrolmentInspectView(InspectView):
    """One enrolment: both facts, the work between them, the history with what the LMS said."""

    template_name = "enrolment/admin/enrolment.html"
    page_title = gettext_lazy("Enrolment")

    def get_object(self, queryset: QuerySet | None = None) -> Enrolment:
        """With person, course, connection, history and mails."""
        rows = Enrolment.objects.select_related("person", "run__course", "connection")
        events = EnrolmentEvent.objects.select_related("by")
        mails = Mail.objects.order_by("pk")
        return (
            rows.prefetch_related(Prefetch("events", events), Prefetch("mails", mails))
            .filter(pk=self.pk)
            .get()
        )

    def get_context_data(self, **kwargs: Any) -> dict:
        """Adds words for reasons."""
        row = self.object
        events = [
            (event, for_staff(event.reason, event.detail) if event.reason else event.detail)
            for event in row.events.all()
        ]
        more = {"row": row, "title": title_of(row.run.course), "problem": problem(row)}
        return super().get_context_data(**kwargs, **more, events=events, mails=row.mails.all())

    @cached_property
    def header_buttons(self) -> list:
        """Try again, where there is something to try and the reader may."""
        row = self.object
        if not may_try_again(row) or not allowed(self.request.user, "again", row):
            return []
        url = reverse("wagtailsnippets_enrolment_enrolment:again", args=[row.pk])
        return [HeaderButton(_("Try again"), url=url, icon_name="resubmit")]


class AgainView(ActionView):
    """Another attempt, at once."""

    model = Enrolment
    right = "again"
    page_title = gettext_lazy("Try again")
    template_name = "enrolment/admin/again.html"
    header_icon = "resubmit"

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Puts it back into the line."""
        if try_again(pk, request.user, timezone.now()):
            waking.on_commit()
            messages.success(request, _("It is being tried again now."))
        else:
            messages.warning(request, _("There is nothing to try again, or no seat is left."))
        return redirect("wagtailsnippets_enrolment_enrolment:inspect", pk)


class EnrolmentViewSet(InstanceGate, CatalogueViewSet):
    """Enrolments: seen, never edited."""

    model = Enrolment
    icon = "user"
    menu_label = gettext_lazy("Enrolments")
    index_view_class = EnrolmentIndexView
    inspect_view_enabled = True
    inspect_view_class = EnrolmentInspectView

    def get_urlpatterns(self) -> list:
        """Wagtail's own, and another try."""
        view = self.construct_view(AgainView, model=Enrolment)
        return [*super().get_urlpatterns(), path("again/<int:pk>/", view, name="again")]
