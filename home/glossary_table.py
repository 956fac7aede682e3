"""The glossary as a table in the admin: taken out, edited in a spreadsheet, brought in again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from home.concepts.table import LARGEST_FILE, Report, UnreadableTable, import_table, write_table
from home.models import Concept

LIST = "wagtailsnippets_home_concept:list"
SHOWN = 50
policy = ModelPermissionPolicy(Concept)


class TableForm(forms.Form):
    """A file, and whether it is only looked at."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV in UTF-8, with the columns of the table that is taken out."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    only_check = forms.BooleanField(
        label=gettext_lazy("Only check, change nothing"), required=False, initial=True
    )

    def clean_file(self) -> Any:
        """Small enough to be read at once."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file


class ImportTableView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Says what an import would do, or did; with problems nothing is changed."""

    form_class = TableForm
    template_name = "home/admin/glossary_import.html"
    page_title = gettext_lazy("Import the glossary")
    header_icon = "tag"
    permission_policy = policy
    permission_required = "change"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the list of concepts."""
        name = capfirst(Concept._meta.verbose_name_plural)
        here = [{"url": reverse(LIST), "label": name}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *here]

    def form_valid(self, form: TableForm) -> HttpResponse:
        """The report; back to the list when it is done."""
        only_check = form.cleaned_data["only_check"]
        try:
            data = form.cleaned_data["file"].read()
            report = import_table(data, dry_run=only_check)
        except UnreadableTable as problem:
            form.add_error("file", str(problem))
            return self.form_invalid(form)
        if report.problems or only_check:
            shown = {"report": report, "problems": report.problems[:SHOWN]}
            return self.render_to_response(self.get_context_data(form=form, **shown))
        messages.success(self.request, self._sentence(report))
        return redirect(LIST)

    def _sentence(self, report: Report) -> str:
        numbers = {"made": report.made, "changed": report.changed, "same": report.same}
        return _("New concepts: %(made)d, changed: %(changed)d, as before: %(same)d.") % numbers


@require_safe
def export_table(request: HttpRequest) -> HttpResponse:
    """The whole glossary as the table that can be brought in again."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    lines = write_table(Concept.objects.prefetch_related("terms"))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="glossary.csv"'
    return response
