"""Runs and their sessions in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import HeaderButton

from catalog.admin_search import matching
from catalog.models import Centre, Course, CourseRun, Provider
from catalog.teams import works_for

from .actions import DuplicateRunView
from .base import AtOnceCreateView, AtOnceEditView, CatalogueIndexView, CatalogueViewSet
from .buttons import run_buttons
from .chooser import OwnChooserViewSet
from .gate import InstanceGate
from .run_form import RunForm, SessionsPanel
from .titles import title_of, with_titles


def named_course(request: Any) -> Course | None:
    """The course that the address names; None when it names none or one that is not there."""
    number = request.GET.get("course", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return Course.objects.filter(pk=int(number)).first()


class RunFilterSet(WagtailFilterSet):
    """Filters of the list of runs."""

    course = django_filters.NumberFilter(
        label=_("Course"), field_name="course", widget=forms.HiddenInput, max_value=10**18
    )
    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="filter_when",
        choices=[("coming", _("Coming or running")), ("past", _("Past"))],
    )
    provider = django_filters.ModelChoiceFilter(
        label=_("Provider"), field_name="course__provider", queryset=Provider.objects.all()
    )
    centre = django_filters.ModelChoiceFilter(label=_("Centre"), queryset=Centre.objects.all())

    class Meta:
        model = CourseRun
        fields: list[str] = []

    def filter_when(self, runs: QuerySet, name: str, value: str) -> QuerySet:
        """By the end; runs without one go on."""
        past = {"end__lt": timezone.now()}
        return runs.filter(**past) if value == "past" else runs.exclude(**past)


class RunIndexView(CatalogueIndexView):
    """Runs, newest first; those of one course when the address names it."""

    default_ordering = "-pk"
    filterset_class = RunFilterSet

    def get_base_queryset(self) -> QuerySet:
        """The rows a person may open, with what a row shows."""
        return (
            super()
            .get_base_queryset()
            .select_related("course", "centre")
            .prefetch_related(with_titles("course__texts"))
            .defer("course__admin_search")
        )

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """By the course's titles and code."""
        return matching(queryset, self.search_query, "course__") if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[Column]:
        """Code, course, dates, centre, seats."""
        return [
            self._get_title_column("code"),
            Column("course", label=_("Course"), accessor=lambda run: title_of(run.course)),
            DateColumn("start", label=_("Start"), sort_key="start"),
            DateColumn("end", label=_("End"), sort_key="end"),
            DateColumn("enrolment_end", label=_("Enrolment closes"), sort_key="enrolment_end"),
            Column("centre", label=_("Centre")),
            Column("seats", label=_("Seats"), accessor=self.seats),
        ]

    @staticmethod
    def seats(run: CourseRun) -> str:
        """``3 / 20``; the first alone without a limit."""
        return f"{run.seats_taken} / {run.seats}" if run.seats else str(run.seats_taken)

    def get_add_url(self) -> str | None:
        """A new run of the course that is shown."""
        url, course = super().get_add_url(), named_course(self.request)
        return f"{url}?course={course.pk}" if url and course else url

    def get_list_more_buttons(self, instance: CourseRun) -> list:
        """Edit alone: others would cost queries for each row."""
        edit = self.get_edit_url(instance)
        return [item for item in super().get_list_more_buttons(instance) if item.url == edit]


class RunCreateView(AtOnceCreateView):
    """A new run, of the course that the address names."""

    def get_initial_form_instance(self) -> CourseRun:
        """Raises Http404 for an unknown course, PermissionDenied for another provider's."""
        run = CourseRun()
        if "course" in self.request.GET:
            course = named_course(self.request)
            if course is None:
                raise Http404
            if not works_for(self.request.user, course.provider_id):
                raise PermissionDenied
            run.course, run.mode = course, course.mode
        return run


class RunEditView(AtOnceEditView):
    """Dates and seats: public as soon as they are saved."""

    @cached_property
    def header_buttons(self) -> list:
        """Back to the course."""
        url = reverse("wagtailsnippets_catalog_course:edit", args=[self.object.course_id])
        return [HeaderButton(_("Course"), url=url, icon_name="doc-full"), *super().header_buttons]

    @cached_property
    def header_more_buttons(self) -> list:
        """Duplicate."""
        return [*super().header_more_buttons, *run_buttons(self.object, self.request.user)]


class CourseRunViewSet(InstanceGate, CatalogueViewSet):
    """Runs."""

    model = CourseRun
    icon = "calendar-alt"
    menu_label = _("Runs")
    index_view_class = RunIndexView
    add_view_class = RunCreateView
    edit_view_class = RunEditView
    chooser_viewset_class = OwnChooserViewSet
    search_fields = ["code"]
    edit_handler = ObjectList(
        [
            FieldPanel("course"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("language")]),
            FieldRowPanel([FieldPanel("pace"), FieldPanel("mode")]),
            FieldPanel("cancelled"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    FieldRowPanel([FieldPanel("enrolment_start"), FieldPanel("enrolment_end")]),
                ],
                heading=_("Dates"),
                help_text=_("In your own time zone, as your account says."),
            ),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("seats_taken")]),
            FieldPanel("centre", widget=forms.Select),
            SessionsPanel(
                "sessions",
                heading=_("Sessions"),
                label=_("Session"),
                help_text=_("Choose the centre and save first: then only its rooms are offered."),
                panels=[
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    FieldPanel("room"),
                    FieldPanel("title"),
                ],
            ),
            FieldPanel("lms_key"),
            FieldPanel("note"),
        ],
        base_form_class=RunForm,
    )

    def get_urlpatterns(self) -> list:
        """Wagtail's own, and the duplicate."""
        view = self.construct_view(DuplicateRunView, model=CourseRun)
        return [*super().get_urlpatterns(), path("duplicate/<int:pk>/", view, name="duplicate")]
