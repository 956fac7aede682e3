"""Asking to hear when a course opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from catalog.addresses import course_url
from home.navigation import active_language

from ..models import OpenNotice
from ..telling import availability_of, drop_notice, want_notice
from .enrol import public_course
from .private import private


@private
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """GET asks, POST remembers or forgets; who can enrol already is taken there."""
    course, text = public_course(number)
    state = availability_of(course, timezone.now())
    if state.can_join:
        return redirect("enrolment:enrol", course.pk)
    if request.method == "POST":
        if request.POST.get("stop"):
            drop_notice(request.user, course)
        else:
            want_notice(request.user, course, active_language())
        return redirect("enrolment:notice", course.pk)
    url = course_url(course.pk, text.title, active_language())
    context = {
        "noindex": True,
        "crumbs": [(text.title, url)],
        "course_url": url,
        "text": text,
        "availability": state,
        "is_noted": OpenNotice.objects.filter(person=request.user, course=course).exists(),
    }
    return render(request, "enrolment/notice.html", context)
