"""Many people ask for many runs at an LMS that fails now and then: what becomes of each wish."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.test.utils import override_settings
from django.utils import timezone
from wagtail.models import Locale

from catalog.enrolment.carrying import Carrier
from catalog.enrolment.models import Enrolment
from catalog.enrolment.outcomes import Policy
from catalog.enrolment.requesting import request_place
from catalog.models import Course, CourseRun, CourseText, LMSConnection, Provider
from catalog.people.models import Country, User
from portal.demo.lms_server import fixtures
from portal.demo.lms_server.server import Application, running
from portal.demo.lms_server.site import Course as RemoteCourse
from portal.demo.lms_server.site import Site

from .report import Report

PEOPLE, RUNS = 1000, 10
SHARE = 0.05
# What is wrong with the last four runs, and the reason that must stand at each of their rows.
FAULTY = {
    "HIDDEN": "hidden",
    "NO-INSTANCE": "no_method",
    "ROLE": "role",
    "UNKNOWN": "no_course",
}
# Waiting is a thousand times shorter than in life; a lease is kept as it is.
HASTE = Policy(scale=0.001)


@dataclass
class Tally:
    """What was asked, what was allowed, and how each row ended."""

    asked: int = 0
    permitted: int = 0
    confirmed: int = 0
    named: int = 0
    lost: int = 0
    doubled: int = 0
    not_permitted: int = 0
    seconds: float = 0.0
    faults: Counter = field(default_factory=Counter)

    @property
    def is_right(self) -> bool:
        """Every permitted row confirmed or naming its fault; none lost, doubled or forbidden."""
        everything = self.confirmed + self.named == self.permitted
        return everything and not (self.lost or self.doubled or self.not_permitted)


def carry_many(people: int = PEOPLE, runs: int = RUNS, *, seed: int = 1) -> Tally:
    """Everybody asks for every run; the worker goes on until nothing is due."""
    application = Application(fixtures.rules(Site()))
    with running(application), override_settings(LMS_PRIVATE_HOSTS=["127.0.0.1"]):
        wanted = _runs(application, runs)
        crowd = _people(people)
        application.faults.sprinkle(SHARE, seed)
        tally = Tally()
        for run in wanted:
            for person in crowd:
                answer = request_place(person, run.pk, language="en")
                tally.asked += 1
                tally.permitted += answer.decision.is_yes
        began = time.monotonic()
        _carry(seed)
        tally.seconds = time.monotonic() - began
        tally.faults.update(application.faults.given)
        _count(tally, application, wanted)
    return tally


def _runs(application: Application, count: int) -> list[CourseRun]:
    """Open ones, the first of them for one country only, and one for each kind of fault."""
    there = application.site.root
    connection = LMSConnection(code="bench-enrolment", kind="moodle", name={"en": "Bench"})
    connection.set_options({"url": there, "token": fixtures.TOKEN, "rate": "60000"})
    connection.save()
    provider = Provider.objects.first() or Provider.objects.create(
        code="bench", name={"en": "Bench"}, country=_country("az")
    )
    keys = [f"OPEN-{i}" for i in range(count - len(FAULTY))]
    for number, key in enumerate(keys, 10_000):
        application.site.add_course(RemoteCourse(number, key, key))
    made = []
    for i, key in enumerate([*keys, *FAULTY]):
        course = Course(
            code=f"BENCH-ENROL-{i}",
            provider=provider,
            audience="everyone",
            lms=connection,
            lms_key=key,
        )
        course.audience_countries = [_country("az")] if i == 0 else []
        course.save()
        CourseText.objects.create(course=course, locale=Locale.get_default(), title=key, live=True)
        closes = timezone.now() + timedelta(days=10)
        made.append(CourseRun.objects.create(course=course, code="1", enrolment_end=closes))
    return made


def _country(code: str) -> Country:
    return Country.objects.get_or_create(code=code, defaults={"name": {"en": code}})[0]


def _people(count: int) -> list[User]:
    """Every second one from a country that the first run is not for."""
    places = [_country("az"), _country("tr")]
    return User.objects.bulk_create(
        User(email=f"bench{i}@people.example", first_name="Bench", country=places[i % 2])
        for i in range(count)
    )


def _carry(seed: int) -> None:
    carrier = Carrier(HASTE, dice=random.Random(seed))  # noqa: S311
    while Enrolment.objects.filter(work=Enrolment.Work.DUE).exists():
        if not carrier.work(60):
            time.sleep(0.02)


def _count(tally: Tally, application: Application, runs: list[CourseRun]) -> None:
    site = application.site
    numbers = {user.username: user.number for user in site.users.values()}
    courses = {course.short_name: course.number for course in site.courses.values()}
    active: set[tuple[int, int]] = set()
    for row in Enrolment.objects.filter(run__in=runs).select_related("person"):
        place = numbers.get(row.person.username, 0), courses.get(row.lms_key, 0)
        is_there = site.is_in(*place)
        if row.is_confirmed:
            tally.confirmed += 1
            tally.lost += not is_there
            active.add(place)
        elif row.reason == FAULTY.get(row.lms_key) and row.work in ("refused", "stuck"):
            tally.named += 1
    tally.doubled = len(site.users) - len(numbers)
    tally.doubled += len(site.rows) - len({(row.user, row.course) for row in site.rows.values()})
    tally.not_permitted = len({(row.user, row.course) for row in site.rows.values()} - active)


def measure_enrolment(report: Report) -> None:
    """The whole figure."""
    tally = carry_many()
    report.say(
        f"enrolment: {tally.asked} wishes, {tally.permitted} permitted, "
        f"{tally.confirmed} confirmed, {tally.named} name their fault, {tally.lost} lost, "
        f"{tally.doubled} doubled, {tally.not_permitted} not permitted; "
        f"{sum(tally.faults.values())} faults; {tally.seconds:.0f} s",
        over=not tally.is_right,
    )
