"""Course texts in the admin: one in each language, drafted, reviewed and published like pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, PublishingPanel
from wagtail.admin.panels.group import TabbedInterface
from wagtail.models import Locale
from wagtail.snippets.views.snippets import PreviewOnCreateView

from catalog.models import Course, CourseText
from catalog.teams import works_for

from .base import CatalogueViewSet
from .buttons import text_buttons
from .chooser import OwnChooserViewSet
from .gate import InstanceGate
from .publishing import ReviewedCreateView, ReviewedEditView
from .text_form import CourseTextForm


class CourseFactsPanel(Panel):
    """The facts of the course beside its text, with a link to where they are changed."""

    class BoundPanel(Panel.BoundPanel):
        """For one text."""

        template_name = "catalog/admin/facts_panel.html"

        def is_shown(self) -> bool:
            """Only for a course that exists."""
            return self.instance.course_id is not None

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            """The course, its texts and whether the reader may change its facts."""
            context = super().get_context_data(parent_context)
            course = Course.objects.select_related("provider").get(pk=self.instance.course_id)
            context["course"] = course
            context["may_change"] = self.request.user.has_perm("catalog.change_course")
            return context


class NewText:
    """What create and its preview share: the course and the language named in the address."""

    request: HttpRequest

    @cached_property
    def course(self) -> Course | None:
        """The course to which a text is added; None for a new course.

        Raises Http404 for a course that does not exist, PermissionDenied for another provider's.
        """
        number = self.request.GET.get("course")
        if number is None:
            if not self.request.user.has_perm("catalog.add_course"):
                raise PermissionDenied
            return None
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            raise Http404
        course = Course.objects.filter(pk=int(number)).first()
        if course is None:
            raise Http404
        if not works_for(self.request.user, course.provider_id):
            raise PermissionDenied
        return course

    def new_text(self) -> CourseText:
        """An empty text of that course in that language."""
        text = CourseText(course=self.course) if self.course else CourseText()
        wanted = self.request.GET.get("locale")
        if wanted or not self.course:
            locale = Locale.objects.filter(language_code=wanted).first() if wanted else None
            text.locale = locale or Locale.get_default()
        return text

    def with_query(self, url: str) -> str:
        """``url`` for the same course and language."""
        query = self.request.GET.copy()
        kept = {name: query[name] for name in ("course", "locale") if name in query}
        query.clear()
        query.update(kept)
        return f"{url}?{query.urlencode()}" if kept else url


class TextCreateView(NewText, ReviewedCreateView):
    """A text in another language, or the first one together with its course."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A text that exists already is opened instead."""
        if self.course and (wanted := request.GET.get("locale")):
            existing = self.course.texts.filter(locale__language_code=wanted).first()
            if existing:
                return redirect("wagtailsnippets_catalog_coursetext:edit", existing.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> CourseText:
        """For Wagtail."""
        return self.new_text()

    def get_add_url(self) -> str:
        """Where the form is sent."""
        return self.with_query(super().get_add_url())

    def get_preview_url(self) -> str:
        """Where the preview is asked for."""
        return self.with_query(super().get_preview_url())


class TextPreviewOnCreateView(NewText, PreviewOnCreateView):
    """Preview before the first save."""

    def get_object(self) -> CourseText:
        """For Wagtail."""
        return self.new_text()


class TextEditView(ReviewedEditView):
    """Editing of a text."""

    @cached_property
    def header_more_buttons(self) -> list:
        """The way to the course's facts, runs and public page."""
        return [*super().header_more_buttons, *text_buttons(self.object, self.request.user)]


class CourseTextViewSet(InstanceGate, CatalogueViewSet):
    """Reached from the list of courses, by its language links."""

    model = CourseText
    icon = "doc-full"
    menu_item_is_registered = True
    add_view_class = TextCreateView
    edit_view_class = TextEditView
    preview_on_add_view_class = TextPreviewOnCreateView
    chooser_viewset_class = OwnChooserViewSet
    search_fields = ["title"]
    list_display = ["title", "locale", "course"]
    list_filter = ["locale", "origin", "live"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("locale"),
                    FieldPanel("title"),
                    FieldPanel("summary"),
                    CourseFactsPanel(heading=_("Course")),
                    MultiFieldPanel(
                        [
                            FieldPanel("code"),
                            FieldPanel("provider"),
                            FieldPanel("kind"),
                            FieldPanel("level"),
                            FieldPanel("mode"),
                            FieldPanel("enrolment"),
                            FieldPanel("audience"),
                        ],
                        heading=_("Course"),
                        help_text=_("These facts hold in every language. All others follow later."),
                    ),
                    FieldPanel("outcomes"),
                    FieldPanel("outline"),
                    FieldPanel("body"),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    FieldPanel("search_words"),
                    FieldPanel("origin"),
                    FieldPanel("written_in"),
                    PublishingPanel(),
                ],
                heading=_("Search and origin"),
            ),
        ],
        base_form_class=CourseTextForm,
    )

    @property
    def breadcrumbs_items(self) -> list[dict]:
        """Texts are found below the courses."""
        return [
            *super().breadcrumbs_items,
            {"url": reverse_lazy("wagtailsnippets_catalog_course:list"), "label": _("Courses")},
        ]
