"""A person's own dates as a calendar to subscribe to; its address is the only key."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.addresses import course_url
from catalog.calendars import MIME, calendar
from catalog.enrolment.models import Enrolment
from catalog.people.models import User
from catalog.selectors.vocabulary import zone_of
from catalog.views.calendars import changes_of, happenings_of
from home.navigation import active_language, frame_for

from .models import CalendarKey, new_key
from .selectors import learning

# What is over stays a while, so that a calendar that looks rarely sees it end.
AFTERWARDS = timedelta(days=30)


def address_of(person: User, base: str) -> str:
    """The absolute address of the person's calendar in the language of the page."""
    row, _is_new = CalendarKey.objects.get_or_create(person=person)
    return base + reverse("learning_calendar", args=[row.key])


@transaction.atomic
def renew(person: User) -> None:
    """Another address; whoever had the old one sees nothing more."""
    CalendarKey.objects.update_or_create(person=person, defaults={"key": new_key()})


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar behind a key; 404 for keys that nobody has, or that were replaced."""
    row = CalendarKey.objects.select_related("person").filter(key=key).first()
    if row is None or not row.person.is_active:
        raise Http404
    now, language, base = timezone.now(), active_language(), frame_for(request).base_url
    found = learning(row.person, language, now)
    items = [
        item
        for item in (*found.current, *found.over)
        if item.row.work != Enrolment.Work.APPROVAL
        and not (item.run.run.end and item.run.run.end < now - AFTERWARDS)
    ]
    changed = changes_of([item.row.run for item in items])
    happenings = [
        one
        for item in items
        for one in happenings_of(
            item.row.run,
            item.title,
            base + course_url(item.row.run.course_id, item.title, language),
            changed,
            zone_of(item.row.run.course.provider_id),
        )
    ]
    response = HttpResponse(calendar(_("My learning"), base, happenings), content_type=MIME)
    response["Content-Disposition"] = 'attachment; filename="learning.ics"'
    response["X-Robots-Tag"] = "noindex"
    # The address is the key: no other site may learn it.
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=True, max_age=900)
    return response
