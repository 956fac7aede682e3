"""Training centres: their pages, and what happens in them on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from catalog.models import Centre, CourseText, RunSession
from home.cache import kept

from .texts import CourseName, course_names

# A session without a room is held online unless its run is taught in the centre.
_IN_PERSON = ("classroom", "blended")


@dataclass(frozen=True)
class Held:
    """A session in a centre and the course it belongs to."""

    session: RunSession
    course: CourseName


@kept
def all_centres() -> tuple[Centre, ...]:
    """Every centre, open ones first; shared, so never change one."""
    rank = {Centre.Status.OPEN: 0, Centre.Status.MOVED: 1, Centre.Status.CLOSED: 2}
    return tuple(sorted(Centre.objects.all(), key=lambda centre: rank[centre.status]))


def find_centre(number: int) -> Centre | None:
    """A centre with rooms, history, and what it followed and was followed by. Four queries."""
    rows = Centre.objects.select_related("successor")
    return rows.prefetch_related("rooms", "history", "predecessors").filter(pk=number).first()


def sessions_in(centre: Centre, begin: datetime, end: datetime) -> list[Held]:
    """Sessions of public courses that begin in [begin, end), by time; two queries.

    ``centre`` has its rooms loaded.
    """
    rooms = [room.pk for room in centre.rooms.all()]
    here = Q(room__in=rooms) | Q(room=None, run__centre=centre.pk, run__mode__in=_IN_PERSON)
    rows = (
        RunSession.objects.filter(here, start__gte=begin, start__lt=end)
        .select_related("run", "room")
        .order_by("start", "pk")
    )
    return list(_with_courses(list(rows)))


def _with_courses(sessions: list[RunSession]) -> Iterable[Held]:
    """Without the sessions of courses that nobody outside may see."""
    numbers = {session.run.course_id for session in sessions}
    texts = CourseText.objects.filter(course__in=numbers).order_by("pk")
    names = {name.number: name for name in course_names(texts)} if numbers else {}
    for session in sessions:
        if session.run.course_id in names:
            yield Held(session, names[session.run.course_id])
