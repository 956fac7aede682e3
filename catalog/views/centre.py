"""The page of a training centre: how to get in, what happens there, its rooms and its past."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import structured_data
from catalog.addresses import centre_url
from catalog.models import Centre
from catalog.selectors.centres import find_centre
from home.languages.dates import written_day
from home.models import EntryIndexPage
from home.navigation import frame_for

from . import calendars
from .facts import centre_facts
from .frame import active_language, corrected, languages_of, page, require_safe, translated
from .timetable import timetable


@require_safe
def entry(
    request: HttpRequest, index_page: EntryIndexPage, *, words: str, number: int, rest: str
) -> HttpResponse:
    """A centre, or 301 to its right address, or 404. Six queries."""
    centre = find_centre(number)
    if centre is None or rest not in ("", calendars.FILE):
        raise Http404
    if rest:
        return calendars.centre_calendar(request, centre)
    language = active_language()
    right = centre_url(number, str(centre.name), language)
    if (redirect := corrected(request, right)) is not None:
        return redirect
    table = timetable(request, centre, language, timezone.now())
    spoken = centre.name.language(language)
    base = frame_for(request).base_url
    context = {
        "centre": centre,
        "cover": (centre.code, 190),
        "content_language": spoken if spoken != language else "",
        "notice": _notice(centre),
        "facts": centre_facts(centre, language),
        "successor_url": _url(centre.successor, language),
        "predecessors": [(row, _url(row, language)) for row in centre.predecessors.all()],
        "history": [(written_day(event.date), event) for event in centre.history.all()],
        "timetable": table,
        "structured_data": structured_data.place(centre, base, base + right),
    }
    context |= languages_of(request, "centre", number, *translated(centre.name))
    return page(
        request, "catalog/centre.html", context, index_page=index_page, expires_at=table.until
    )


def _notice(centre: Centre) -> str:
    """What visitors must know before they set out."""
    return {
        Centre.Status.MOVED: _("This centre has moved."),
        Centre.Status.CLOSED: _("This centre is closed."),
    }.get(centre.status, "")


def _url(centre: Centre | None, language: str) -> str:
    return centre_url(centre.pk, str(centre.name), language) if centre else ""
