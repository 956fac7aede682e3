"""Choosing a course: searched like the list, in every language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from catalog.admin_search import matching
from catalog.models import Course

from .titles import title_of, with_titles


class CourseSearchForm(BaseFilterForm):
    """The search box above the list of courses to choose from."""

    q = forms.CharField(
        label=_("Search term"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("Title or code")}),
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        """Courses that match."""
        objects = super().filter(objects)
        if query := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, query
            return matching(objects, query)
        return objects


def choosable(user: Any) -> QuerySet:
    """Courses a person may link to: those everybody sees, and those of the own providers."""
    own = policy_registry.get_by_type(Course).own_rows(user)
    public = Course.objects.public()
    return Course.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk")))


class _CourseList:
    filter_form_class = CourseSearchForm
    ordering = "-pk"

    def get_object_list(self) -> QuerySet:
        """Without what would be heavy in a list."""
        courses = choosable(self.request.user).select_related("provider")
        return courses.prefetch_related(with_titles()).defer("admin_search", "provider__about")

    @property
    def columns(self) -> list[Column]:
        """Title, code, provider."""
        first, *others = super().columns
        first.accessor = title_of
        return [
            first,
            Column("code", label=_("Code")),
            Column("provider", label=_("Provider")),
            *others,
        ]


class CourseChooseView(_CourseList, ChooseView):
    """The dialogue."""


class CourseChooseResultsView(_CourseList, ChooseResultsView):
    """The list within the dialogue."""


class _Chosen:
    def get_object(self, pk: Any) -> Course:
        """The chosen course; somebody else's draft is not found."""
        return choosable(self.request.user).get(pk=pk)

    def get_objects(self, pks: list) -> QuerySet:
        """The chosen courses."""
        return choosable(self.request.user).filter(pk__in=pks)

    def get_display_title(self, instance: Course) -> str:
        """Title and code."""
        return f"{title_of(instance)} ({instance.code})"

    def get_chosen_response_data(self, item: Course) -> dict:
        """Adds the title alone, which becomes the words of a link."""
        return super().get_chosen_response_data(item) | {"title": title_of(item)}


class CourseChosenView(_Chosen, SnippetChosenView):
    """What the dialogue hands back."""


class CourseChosenMultipleView(_Chosen, SnippetChosenMultipleView):
    """What the dialogue hands back for several."""


def _said(message: str, name: Any) -> Any:
    return lazy(lambda: gettext(message) % {"object": name}, str)()


class ChooserWidget(AdminSnippetChooser):
    """The field that opens a dialogue, named in each reader's language.

    Wagtail settles the words when the form is built, in whatever language comes first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.model._meta.verbose_name
        self.choose_one_text = _said("Choose %(object)s", name)
        self.choose_another_text = _said("Choose another %(object)s", name)
        self.link_to_chosen_text = _said("Edit this %(object)s", name)


class ChooserViewSet(SnippetChooserViewSet):
    """Choosing a row of the catalogue."""

    base_widget_class = ChooserWidget


class CourseChooserWidget(ChooserWidget):
    """The field that opens the dialogue."""

    def get_display_title(self, instance: Course) -> str:
        """Title and code."""
        return f"{title_of(instance)} ({instance.code})"


class CourseChooserViewSet(ChooserViewSet):
    """All of it together."""

    choose_view_class = CourseChooseView
    choose_results_view_class = CourseChooseResultsView
    chosen_view_class = CourseChosenView
    chosen_multiple_view_class = CourseChosenMultipleView
    base_widget_class = CourseChooserWidget


class _OwnList:
    def get_object_list(self) -> QuerySet:
        """Rows of the own providers."""
        return policy_registry.get_by_type(self.model_class).own_rows(self.request.user)


class _OwnChosen:
    def get_object(self, pk: Any) -> Model:
        """A row of the own providers."""
        return policy_registry.get_by_type(self.model_class).own_rows(self.request.user).get(pk=pk)

    def get_objects(self, pks: list) -> QuerySet:
        """Rows of the own providers."""
        rows = policy_registry.get_by_type(self.model_class).own_rows(self.request.user)
        return rows.filter(pk__in=pks)


class OwnChooserViewSet(ChooserViewSet):
    """Choosing among what one's own providers offer, for models that nobody else may see."""

    choose_view_class = type("OwnChooseView", (_OwnList, ChooseView), {})
    choose_results_view_class = type("OwnChooseResultsView", (_OwnList, ChooseResultsView), {})
    chosen_view_class = type("OwnChosenView", (_OwnChosen, SnippetChosenView), {})
    chosen_multiple_view_class = type(
        "OwnChosenMultipleView", (_OwnChosen, SnippetChosenMultipleView), {}
    )
