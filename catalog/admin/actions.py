"""Views that do one thing to a course or a run: duplicate, withdraw, restore."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from catalog import services
from catalog.models import Course

from .facts import CourseCodesField


class ActionView(WagtailAdminTemplateMixin, TemplateView):
    """A question on GET, the deed on POST; the gate of the viewset stands before it."""

    model: Any = None
    header_icon = "doc-full"
    right = "change"

    def get_breadcrumbs_items(self) -> list:
        """Ends with what is done, and to what."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": str(self.object)}
        return [*super().get_breadcrumbs_items(), here]

    def dispatch(self, request: Any, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        """Raises PermissionDenied without the right for this row."""
        self.object = get_object_or_404(self.model, pk=pk)
        policy = policy_registry.get_by_type(self.model)
        if not policy.user_has_permission_for_instance(request.user, self.right, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, pk=pk, **kwargs)

    def get_page_subtitle(self) -> str:
        """The row."""
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict:
        """Adds the row."""
        return super().get_context_data(object=self.object, **kwargs)


class DuplicateCourseView(ActionView):
    """Copies a course; its texts become drafts."""

    page_title = gettext_lazy("Duplicate")
    template_name = "catalog/admin/duplicate_course.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """A copy is a new course."""
        if not request.user.has_perm("catalog.add_course"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Copies and opens the copy."""
        with_runs = bool(request.POST.get("runs"))
        copy = services.duplicate_course(self.object, request.user, with_runs=with_runs)
        messages.success(
            request, _("This is the copy, %(code)s. Its texts are drafts.") % {"code": copy.code}
        )
        return redirect("wagtailsnippets_catalog_course:edit", copy.pk)


class DuplicateRunView(ActionView):
    """Copies a run."""

    page_title = gettext_lazy("Duplicate")
    template_name = "catalog/admin/duplicate_run.html"
    header_icon = "calendar-alt"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """A copy is a new run."""
        if not request.user.has_perm("catalog.add_courserun"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Copies and opens the copy."""
        copy = services.duplicate_run(self.object, request.user)
        messages.success(
            request,
            _("This is the copy, %(code)s. It is public: check its dates now.")
            % {"code": copy.code},
        )
        return redirect("wagtailsnippets_catalog_courserun:edit", copy.pk)


class WithdrawForm(forms.Form):
    """Why a course goes, and what to take instead."""

    reason = Course._meta.get_field("withdrawn_reason").formfield(
        required=True, label=gettext_lazy("Reason"), help_text=gettext_lazy("Visitors read it.")
    )
    replacement = CourseCodesField(
        label=gettext_lazy("Replacement"),
        required=False,
        widget=forms.TextInput,
        help_text=gettext_lazy("The code of the course to take instead."),
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course

    def clean_replacement(self) -> Course | None:
        """One course that visitors can see, and not the withdrawn one."""
        courses = self.cleaned_data["replacement"]
        if not courses:
            return None
        if courses[0] == self.course:
            raise forms.ValidationError(_("A course cannot replace itself."))
        if not Course.objects.public().filter(pk=courses[0].pk).exists():
            raise forms.ValidationError(_("Visitors cannot see that course."))
        return courses[0]


class WithdrawCourseView(ActionView):
    """Withdraws a course with a reason; a withdrawn one is offered back."""

    template_name = "catalog/admin/withdraw_course.html"
    right = "withdraw"
    header_icon = "no-view"

    def get_page_title(self) -> str:
        """Withdraw or restore."""
        return _("Restore") if self.object.is_withdrawn else _("Withdraw")

    def get_context_data(self, **kwargs: Any) -> dict:
        """Adds the form."""
        kwargs.setdefault("form", WithdrawForm(course=self.object))
        return super().get_context_data(**kwargs)

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Withdraws, or restores when asked to."""
        if request.POST.get("restore"):
            services.restore(self.object, request.user)
            messages.success(request, _("The course is back in the catalogue."))
            return redirect("wagtailsnippets_catalog_course:edit", pk)
        form = WithdrawForm(request.POST, course=self.object)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        services.withdraw(
            self.object,
            form.cleaned_data["reason"],
            form.cleaned_data["replacement"],
            request.user,
        )
        messages.success(request, _("The course is withdrawn. Its address says why."))
        return redirect("wagtailsnippets_catalog_course:edit", pk)
