"""What was held, counted from the runs of the catalogue; few people are never told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from catalog.models import CourseRun, CourseText, RunSession
from home.cache import kept

from .centres import all_centres

# Figures about fewer people than these are not shown, so that nobody is recognised in them.
FEWEST = 5
QUARTERS = 4
ONLINE, NOWHERE = "online", ""
_ONLINE_MODES = ("online", "live_online")

# The number of the provider, and a region by the first language that names it.
Place = tuple[int, str]


@dataclass(frozen=True)
class Figures:
    """``taken``, ``free`` and ``hours`` are None where too few people stand behind them.

    ``seats`` and ``free`` leave out runs without a limit; ``hours`` are those of everybody who
    took part.
    """

    runs: int = 0
    sessions: int = 0
    seats: int = 0
    taken: int | None = None
    free: int | None = None
    hours: int | None = None

    @property
    def of_people(self) -> tuple[int | None, int | None, int | None]:
        """The figures that tell of people."""
        return self.taken, self.free, self.hours

    def __add__(self, other: Figures) -> Figures:
        """Together; what is not shown is not added, or a difference would tell it."""
        return Figures(
            self.runs + other.runs,
            self.sessions + other.sessions,
            self.seats + other.seats,
            _sum(self.taken, other.taken),
            _sum(self.free, other.free),
            _sum(self.hours, other.hours),
        )


@kept
def first_year(hour: int) -> int:
    """The year of the first run that was held; that of ``hour`` where there was none. One query."""
    now = _moment(hour)
    first = _held().filter(start__lt=now).aggregate(first=Min("start"))["first"]
    return timezone.localtime(first or now).year


@kept
def figures_by_place(year: int, quarter: int, hour: int) -> dict[Place, Figures]:
    """What had begun by ``hour`` (since 1970) in a quarter of ``year``, or in all (0). Two queries.

    A year is added up from its quarters, each without its small numbers: nothing can be subtracted.
    """
    starts, now = _starts(year), _moment(hour)
    first, last = (quarter, quarter) if quarter else (1, QUARTERS)
    runs = _held().filter(start__gte=starts[first - 1], start__lt=min(starts[last], now))
    meetings = _sessions(runs, starts, now)
    found: dict[Place, Figures] = defaultdict(Figures)
    for (place, _quarter), row in _runs(runs, starts).items():
        found[place] += _figures(row, meetings[place, _quarter])
    return dict(found)


def _held() -> QuerySet[CourseRun]:
    """Runs that were not called off, of courses that are or were public."""
    live = CourseText.objects.filter(course=OuterRef("course_id"), live=True)
    public = Exists(live) | Q(course__withdrawn_at__isnull=False)
    return CourseRun.objects.filter(public, cancelled=False).order_by()


def _moment(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)


def _starts(year: int) -> list[datetime]:
    """When the four quarters of a year begin, and when the last of them ends."""
    days = [(year, month) for month in (1, 4, 7, 10)] + [(year + 1, 1)]
    return [timezone.make_aware(datetime(*day, 1)) for day in days]


def _quarter(field: str, starts: list[datetime]) -> Case:
    """The quarter in which ``field`` lies; plain comparisons, which every database does fast."""
    whens = [When(**{f"{field}__lt": starts[n]}, then=Value(n)) for n in range(1, QUARTERS)]
    return Case(*whens, default=Value(QUARTERS))


_BY = ("provider", "centre", "online", "quarter")


def _runs(runs: QuerySet, starts: list[datetime]) -> dict[tuple[Place, int], dict[str, int]]:
    limited = Q(seats__isnull=False)
    rows = (
        runs.annotate(
            quarter=_quarter("start", starts),
            provider=F("course__provider"),
            online=Q(mode__in=_ONLINE_MODES),
        )
        .values(*_BY)
        .annotate(
            runs=Count("pk"),
            all_seats=Sum("seats", default=0),
            taken=Sum("seats_taken", default=0),
            taken_of_limited=Sum("seats_taken", filter=limited, default=0),
            minutes=Sum(Cast("seats_taken", BigIntegerField()) * F("course__workload"), default=0),
        )
    )
    return _added_up(rows, ("runs", "all_seats", "taken", "taken_of_limited", "minutes"))


def _sessions(
    runs: QuerySet, starts: list[datetime], now: datetime
) -> dict[tuple[Place, int], dict[str, int]]:
    rows = (
        RunSession.objects.filter(run__in=runs, start__lt=now)
        .order_by()
        .annotate(
            quarter=_quarter("run__start", starts),
            provider=F("run__course__provider"),
            centre=F("run__centre"),
            online=Case(When(run__mode__in=_ONLINE_MODES, then=True), default=False),
        )
        .values(*_BY)
        .annotate(sessions=Count("pk"))
    )
    return _added_up(rows, ("sessions",))


def _added_up(
    rows: Iterable[dict[str, Any]], names: tuple[str, ...]
) -> dict[tuple[Place, int], dict[str, int]]:
    """Sums by place and quarter: several centres may lie in one region."""
    regions = {centre.pk: region_key(centre) for centre in all_centres()}
    found: dict[tuple[Place, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(names, 0))
    for row in rows:
        elsewhere = ONLINE if row["online"] else NOWHERE
        region = regions[row["centre"]] if row["centre"] else elsewhere
        sums = found[(row["provider"], region), row["quarter"]]
        for name in names:
            sums[name] += row[name]
    return found


def region_key(centre: Any) -> str:
    """The same whatever the reader's language."""
    return (centre.region or centre.city).text("az")


def _figures(row: dict[str, int], meetings: dict[str, int]) -> Figures:
    shown = row["taken"] == 0 or row["taken"] >= FEWEST
    free = max(row["all_seats"] - row["taken_of_limited"], 0)
    return Figures(
        runs=row["runs"],
        sessions=meetings["sessions"],
        seats=row["all_seats"],
        taken=row["taken"] if shown else None,
        free=free if shown else None,
        hours=round(row["minutes"] / 60) if shown else None,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return one if other is None else other + (one or 0)
