"""The list of courses, the editors' way into the catalogue: one row for each course."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.models import Locale
from wagtail.snippets.views.snippets import CreateView

from catalog.admin_search import matching
from catalog.models import Course, CourseRun

from .actions import DuplicateCourseView, WithdrawCourseView
from .base import AtOnceEditView, CatalogueIndexView, CatalogueViewSet
from .buttons import course_buttons, course_links
from .chooser import CourseChooserViewSet
from .columns import LanguagesColumn, state_in_words
from .facts import FACTS_HANDLER
from .filters import CourseFilterSet
from .gate import InstanceGate
from .titles import title_of, with_titles


class CourseIndexView(CatalogueIndexView):
    """One row for each course; a constant number of queries, whatever the size."""

    default_ordering = "-pk"
    filterset_class = CourseFilterSet

    def get_base_queryset(self) -> QuerySet:
        """The rows a person may open, with what a row shows."""
        runs = CourseRun.objects.defer("note")
        return (
            super()
            .get_base_queryset()
            .select_related("provider")
            .prefetch_related(with_titles(), Prefetch("runs", runs))
            .defer("admin_search", "provider__about", "provider__summary")
        )

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """By title in any language and by code."""
        return matching(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[Column]:
        """Code, title, provider, kind, languages, state, last change."""
        return [
            self._get_title_column("code", width="15%"),
            Column("title", label=_("Title"), accessor=title_of),
            Column("provider", label=_("Provider"), sort_key="provider__code"),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            LanguagesColumn(
                "languages",
                label=_("Languages"),
                codes=list(Locale.objects.values_list("language_code", flat=True)),
                may_add=self.request.user.has_perm("catalog.add_coursetext"),
                reader=get_language(),
            ),
            Column("state", label=_("State"), accessor=state_in_words),
            DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
        ]

    def get_list_more_buttons(self, instance: Course) -> list:
        """Only what costs no query for each row; the rest is on the form."""
        edit = [
            button
            for button in super().get_list_more_buttons(instance)
            if button.url == self.get_edit_url(instance)
        ]
        return [*edit, *course_links(instance, self.request.user)]


class CourseAddView(CreateView):
    """A new course starts with its first text."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the form that makes both."""
        return redirect("wagtailsnippets_catalog_coursetext:add")


class CourseEditView(AtOnceEditView):
    """The facts of a course: public as soon as they are saved."""

    @cached_property
    def header_more_buttons(self) -> list:
        """What can be done with the whole course."""
        return [*super().header_more_buttons, *course_buttons(self.object, self.request.user)]


class CourseViewSet(InstanceGate, CatalogueViewSet):
    """Courses: the list, and the form of their facts."""

    model = Course
    icon = "doc-full"
    menu_label = _("Courses")
    index_view_class = CourseIndexView
    add_view_class = CourseAddView
    edit_view_class = CourseEditView
    chooser_viewset_class = CourseChooserViewSet
    search_fields = ["code"]
    edit_handler = FACTS_HANDLER

    def get_urlpatterns(self) -> list:
        """Wagtail's own, and one for each of our actions."""
        common = {"model": Course}
        return [
            *super().get_urlpatterns(),
            path(
                "duplicate/<int:pk>/",
                self.construct_view(DuplicateCourseView, **common),
                name="duplicate",
            ),
            path(
                "withdraw/<int:pk>/",
                self.construct_view(WithdrawCourseView, **common),
                name="withdraw",
            ),
        ]
