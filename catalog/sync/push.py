"""Courses that an LMS sends by itself: checked as a whole, then on the path of every sync."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.lms import Listed, RemoteCourse
from catalog.lms.reading import UNSTORABLE, YEARS
from catalog.lms.results import plain

from .applying import BAD, Applier
from .locking import only_sync
from .looking import known_rows, look, mark
from .models import SourceRecord, SyncPolicy, SyncRun
from .running import forget_old
from .signing import Envelope, Refused, envelope, sender, spend

LONGEST, MOST = 5 * 2**20, 500
LIST = "course_runs"
TEXTS = {
    **{"key": 200, "title": 500, "short_name": 255, "number": 100},
    **{"summary": 100_000, "category": 500, "language": 30},
}
MOMENTS = ("start", "end", "enrolment_start", "enrolment_end")
FLAGS = ("visible", "invitation_only", "self_paced")
MOST_PROBLEMS = 20


def receive(headers: Mapping[str, str], body: bytes) -> SyncRun:
    """The report of what was done with it: all of it, or ``Refused`` and nothing."""
    told = envelope(headers)
    if len(body) > LONGEST:
        raise Refused(413, _("A push may have 5 MB."))
    policy = sender(told, body)
    courses = read(body)
    with only_sync(policy.connection_id) as is_ours:
        if not is_ours:
            raise Refused(409, _("The catalogue is being read just now. Send it again later."))
        return _apply(policy, told, courses)


@transaction.atomic
def _apply(policy: SyncPolicy, told: Envelope, courses: list[Listed]) -> SyncRun:
    spend(told)
    forget_old(policy.connection.sync_runs.filter(trigger=SyncRun.Trigger.PUSH))
    run = SyncRun.objects.create(connection=policy.connection, trigger=SyncRun.Trigger.PUSH)
    known = known_rows(policy, [course.key for course in courses])
    counts, same, others = look(policy, run, courses, known)
    mark(run, same)
    counts += Applier(policy, run).apply(others)
    if counts[BAD]:
        rows = SourceRecord.objects.filter(seen_in=run, outcome=SourceRecord.Outcome.BAD)
        problems = [f"{row.key}: {row.problem}" for row in rows[:MOST_PROBLEMS]]
        raise Refused(422, _("Nothing was taken, since some courses are not right."), problems)
    run.counts, run.state, run.finished_at = dict(counts), SyncRun.State.DONE, timezone.now()
    run.save()
    return run


def read(body: bytes) -> list[Listed]:
    """The courses of a well-formed push. ``Refused`` with every problem there is, up to a few."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, _("This is not JSON.")) from error
    rows = sent.get(LIST) if isinstance(sent, dict) else None
    if not isinstance(rows, list) or set(sent) != {LIST}:
        raise Refused(400, _("An object with one list, “%(name)s”, was due.") % {"name": LIST})
    if not 0 < len(rows) <= MOST:
        raise Refused(400, _("The list may hold 1 to %(most)s courses.") % {"most": MOST})
    problems, courses, keys = [], [], set()
    for number, row in enumerate(rows, 1):
        found = _problems(row, keys)
        problems += [f"{number}: {problem}" for problem in found]
        if not found:
            keys.add(row["key"].strip())
            courses.append(Listed.of(_course(row)))
    if problems:
        detail = _("Nothing was taken, since some courses are not right.")
        raise Refused(400, detail, problems[:MOST_PROBLEMS])
    return courses


def _problems(row: Any, keys: set[str]) -> list[str]:
    if not isinstance(row, dict):
        return [_("This is not an object.")]
    found = [
        _("“%(field)s” is not known.") % {"field": plain(name, 60)}
        for name in row
        if name not in TEXTS and name not in MOMENTS and name not in FLAGS
    ]
    for name, most in TEXTS.items():
        value = row.get(name, "")
        if not isinstance(value, str) or len(value) > most or UNSTORABLE.search(value):
            words = {"field": name, "most": most}
            found.append(_("“%(field)s” must be text of at most %(most)s characters.") % words)
    for name in MOMENTS:
        if row.get(name) is not None and not _moment(row[name]):
            found.append(
                _("“%(field)s” must be a moment such as 2027-03-01T09:00:00+04:00.")
                % {"field": name}
            )
    found += [
        _("“%(field)s” must be true or false.") % {"field": name}
        for name in FLAGS
        if not isinstance(row.get(name, False), bool)
    ]
    if not found and not (row.get("key", "").strip() and row.get("title", "").strip()):
        found.append(_("“key” and “title” must be there."))
    if not found and row["key"].strip() in keys:
        found.append(_("The same key stands in the list twice."))
    return found


def _moment(value: Any) -> datetime | None:
    """Aware; without an offset nobody knows when it is."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo and found.year in YEARS else None


def _course(row: Mapping[str, Any]) -> RemoteCourse:
    texts = {name: row.get(name, "").strip() for name in TEXTS}
    moments = {name: _moment(row[name]) if row.get(name) else None for name in MOMENTS}
    return RemoteCourse(
        **texts,
        **moments,
        visible=row.get("visible", True),
        invitation_only=row.get("invitation_only", False),
        self_paced=row.get("self_paced"),
    )
