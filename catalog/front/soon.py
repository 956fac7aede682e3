"""Which runs start next, everywhere or in a region the reader chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from babel.dates import format_date
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.availability import Availability, RunFacts, run_availability
from catalog.models import Centre, CourseRun, CourseText
from catalog.selectors.centres import all_centres
from catalog.selectors.texts import CourseLink, CourseName, course_names
from catalog.selectors.vocabulary import zone_of
from home.cache import kept
from home.languages.collation import sort_key
from home.languages.dates import in_zone, reader_locale
from home.languages.transliteration import slugify

SHOWN, FETCHED = 6, 18
ONLINE = "online"


@dataclass(frozen=True)
class Choice:
    """One region of the list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class SoonRow:
    """One run: day and month apart, ``foreign`` names a title's language if not the reader's."""

    date: date
    day: str
    month: str
    link: CourseLink
    foreign: str
    place: str
    seats: str


@dataclass(frozen=True)
class Soon:
    """The strip; ``until`` is when one of its rows stops being true."""

    rows: tuple[SoonRow, ...] = ()
    choices: tuple[Choice, ...] = ()
    note: str = ""
    until: datetime | None = None
    is_shown: bool = False


def starting_soon(region: str, language: str, now: datetime) -> Soon:
    """What starts next in ``region`` ("" is everywhere; what nobody knows is everywhere too)."""
    known = _regions(language)
    wanted = region if region in known or region == ONLINE else ""
    held = [
        (run, name, run_availability(RunFacts.of(run, zone_of(run.provider)), now))
        for run, name in _next(wanted, now)
    ]
    ahead = [one for one in held if one[0].start > now][:SHOWN]
    moments = [m for run, _name, state in ahead for m in (run.start, state.next_change) if m]
    choices = [("", _("Everywhere")), (ONLINE, _("Online")), *known.items()]
    return Soon(
        rows=tuple(_row(run, name, state, language) for run, name, state in ahead),
        choices=tuple(Choice(value, label, value == wanted) for value, label in choices),
        note=_("We do not know this region. You see all of them.") if wanted != region else "",
        until=min((m for m in moments if m > now), default=None),
        is_shown=bool(ahead or region),
    )


@kept
def _regions(language: str) -> dict[str, str]:
    """Regions with an open centre, in alphabetical order, by the name they have in addresses."""
    found = {
        _region(centre): str(centre.region) or str(centre.city)
        for centre in all_centres()
        if centre.status == Centre.Status.OPEN and _region(centre)
    }
    return dict(sorted(found.items(), key=lambda item: sort_key(item[1], language)))


def _region(centre: Centre) -> str:
    """The same whatever the reader's language."""
    name = centre.region or centre.city
    return slugify(name.text("az"), "az")


def _next(region: str, now: datetime) -> tuple[tuple[CourseRun, CourseName], ...]:
    # By the hour, so that the strip is read from the database once an hour and not for each reader.
    return _next_of_hour(region, int(now.timestamp() // 3600))


@kept
def _next_of_hour(region: str, hour: int) -> tuple[tuple[CourseRun, CourseName], ...]:
    """Runs of public courses that start after the beginning of ``hour``, soonest first."""
    begin = datetime.fromtimestamp(hour * 3600, UTC)
    live = CourseText.objects.filter(course=OuterRef("course_id"), live=True)
    rows = (
        CourseRun.objects.filter(Exists(live), _where(region), start__gt=begin, cancelled=False)
        .filter(course__withdrawn_at=None)
        .select_related("centre")
        .annotate(provider=F("course__provider"))
        .order_by("start", "pk")
    )
    runs = list(rows[:FETCHED])
    texts = CourseText.objects.filter(course__in={run.course_id for run in runs}).order_by("pk")
    names = {name.number: name for name in course_names(texts)}
    return tuple((run, names[run.course_id]) for run in runs if run.course_id in names)


def _where(region: str) -> Q:
    if not region:
        return Q()
    if region == ONLINE:
        return Q(mode__in=("online", "live_online"))
    return Q(centre__in=[centre.pk for centre in all_centres() if _region(centre) == region])


def _row(run: CourseRun, name: CourseName, state: Availability, language: str) -> SoonRow:
    begins, link = in_zone(run.start, state.zone).date(), name.link(language)
    return SoonRow(
        date=begins,
        day=str(begins.day),
        month=format_date(begins, "MMM", locale=reader_locale()),
        link=link,
        foreign=link.foreign(language),
        place=_place(run),
        seats=_seats(state),
    )


def _place(run: CourseRun) -> str:
    if run.centre_id:
        return str(run.centre.city) or str(run.centre.name)
    return _("Place to be announced") if run.mode in {"classroom", "blended"} else _("Online")


def _seats(state: Availability) -> str:
    """Seats left where somebody can still enrol, otherwise how it stands."""
    left = state.seats_left
    if not state.can_join or left is None:
        return state.label
    return ngettext("%(count)d seat left", "%(count)d seats left", left) % {"count": left}
