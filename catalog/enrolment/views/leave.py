"""The way out of the portal, for people who are signed in: what they open, their list remembers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.addresses import course_url
from catalog.views.course import course_context
from home.navigation import active_language

from ..referring import may_note, note_opened
from .enrol import public_course


@never_cache
@require_safe
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """On to the provider where the course's page leads there, else back to that page.

    A link and no form: browsers let no form lead to another site. Whoever is not signed in any
    more goes on all the same.
    """
    course, text = public_course(int(number))
    door = course_context(course, text, request)["door"]
    if not door.leaves:
        return redirect(course_url(course.pk, text.title, active_language()))
    if _is_click(request) and may_note(request.user):
        note_opened(request.user, course, door.key)
    return HttpResponseRedirect(door.url)


def _is_click(request: HttpRequest) -> bool:
    """False for another site's doing, and for a browser that only looks ahead."""
    own = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    return request.method == "GET" and own and "Sec-Purpose" not in request.headers
