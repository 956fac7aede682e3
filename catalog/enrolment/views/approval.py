"""The page behind the manager's link: reading it decides nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.navigation import active_language

from ..approving import answer, is_open
from ..forms import AnswerForm
from ..links import approval_of
from ..models import Approval
from ..posting import described, title_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the question or its answer, POST answers once; 404 for a link that is not ours."""
    found = approval_of(token)
    if found is None:
        return _page(request, {}, status=404)
    form, status, now = AnswerForm(), 200, timezone.now()
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid() and not _answer(found, form):
            status = 409
        found.refresh_from_db()
    row, language = found.enrolment, active_language()
    context = {
        "approval": found,
        "form": form,
        "is_open": is_open(found, now),
        "person": row.person,
        "course_title": title_of(row.run.course, language),
        "run": described(row.run, language, now),
    }
    return _page(request, context, status=status)


def _answer(found: Approval, form: AnswerForm) -> bool:
    data = form.cleaned_data
    yes, now = data["answer"] == "yes", timezone.now()
    return answer(found, yes=yes, remark=data["remark"], now=now)


def _page(request: HttpRequest, context: dict, status: int) -> HttpResponse:
    # The address is the key: no other site may learn it.
    always = {"noindex": True, "crumbs": [], "alternates": {}}
    response = render(request, "enrolment/approval.html", always | context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response
