"""The page on which a person asks for a place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.addresses import course_url
from catalog.audience import eligibility
from catalog.models import Course, CourseText
from catalog.people.consents import wanted_text
from catalog.selectors.course import find_course
from catalog.selectors.texts import text_for
from home.navigation import active_language

from .. import selectors
from ..deciding import Verdict
from ..forms import EnrolForm
from ..models import Enrolment
from ..offers import audience_of_course, visitor_of_person
from ..requesting import Answer, request_place
from .private import private

REFUSED = Enrolment.Work.REFUSED
_FIELDS = {
    Verdict.KEY_MISSING: "key",
    Verdict.KEY_WRONG: "key",
    Verdict.MANAGER_MISSING: "manager",
}


def public_course(number: int) -> tuple[Course, CourseText]:
    """A course that visitors can see, with its text in the reader's language. Http404 otherwise."""
    course = find_course(number)
    if course is None or course.is_withdrawn:
        raise Http404
    return course, text_for(course.live_texts, active_language(), course.source_language)


@private
def enrol(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows runs and what will happen, POST stores the wish and shows how it stands."""
    course, text = public_course(number)
    if wanted_text(request.user) is not None:
        there = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_consent')}?{there}")
    if request.method == "POST" and (row := _asked_before(request, course)) is not None:
        return redirect("enrolment:status", row.pk)
    found = selectors.choices(course, request.user, active_language(), timezone.now())
    offered = [choice for choice in found if choice.is_offered]
    form = EnrolForm(
        request.POST if request.method == "POST" else None,
        runs=_named(offered),
        mode=course.enrolment,
        person=request.user,
        initial=_asked(request, offered),
    )
    if request.method == "POST" and form.is_valid():
        answer = _request(request, form)
        if answer.enrolment and (answer.decision.is_yes or _is_there(answer)):
            return redirect("enrolment:status", answer.enrolment.pk)
        form.add_error(_FIELDS.get(answer.decision.verdict), answer.decision.sentence)
    return render(request, "enrolment/enrol.html", _context(request, course, text, found, form))


def _asked_before(request: HttpRequest, course: Course) -> Enrolment | None:
    """What the same button has done already: its answer was lost, and the seat may be the last."""
    asked = request.POST.get("run", "")
    rows = selectors.own_in(request.user, course)
    return next((row for row in rows if str(row.run_id) == asked and row.work != REFUSED), None)


def _named(offered: list[selectors.Choice]) -> list[tuple[int, str]]:
    return [(choice.run.pk, f"{choice.row.dates}, {choice.row.place}") for choice in offered]


def _asked(request: HttpRequest, offered: list[selectors.Choice]) -> dict[str, Any]:
    """The run that the address names, if it is offered."""
    wanted = request.GET.get("run", "")
    return {"run": int(wanted)} if wanted in {str(choice.run.pk) for choice in offered} else {}


def _request(request: HttpRequest, form: EnrolForm) -> Answer:
    data = form.cleaned_data
    return request_place(
        request.user,
        data["run"],
        language=active_language(),
        key=data.get("key", ""),
        manager=data.get("manager", ""),
    )


def _is_there(answer: Answer) -> bool:
    return answer.decision.verdict == Verdict.ALREADY


def _context(
    request: HttpRequest,
    course: Course,
    text: CourseText,
    found: list[selectors.Choice],
    form: EnrolForm,
) -> dict[str, Any]:
    language = active_language()
    url = course_url(course.pk, text.title, language)
    offered = [choice for choice in found if choice.is_offered]
    refused = next((choice.decision for choice in found if not choice.is_offered), None)
    return {
        "noindex": True,
        "crumbs": [(text.title, url)],
        "course": course,
        "text": text,
        "course_url": url,
        "form": form,
        "offered": {choice.run.pk: choice.row for choice in offered},
        "refusal": "" if offered else refused.sentence if refused else _("There are no dates yet."),
        "needs_profile": bool(not offered and refused and refused.verdict == Verdict.NOT_KNOWN),
        "eligibility": eligibility(audience_of_course(course), visitor_of_person(request.user)),
        "mine": selectors.own_in(request.user, course),
        "system": str(course.lms.name) if course.lms else "",
    }
