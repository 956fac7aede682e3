"""Pages take as many SQL statements with 35,000 courses as with 30."""

from __future__ import annotations

import random
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from catalog.addresses import course_url
from catalog.models import Course, CourseLanguage, CourseRun, CourseText, Provider, Subject
from home.cache import touch_content
from home.models import NewsIndexPage, NewsPage
from tests.factories import (
    LANGUAGES,
    locale,
    make_centre,
    make_connection,
    make_course,
    make_programme,
    make_provider,
    make_run,
    make_session,
    make_subject,
)
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db

FEW, MANY = 30, 35_000
BOUNDS = {"home": 15, "search": 5, "filtered": 5, "course": 12, "news": 12}
Counts = dict[int, dict[str, tuple[int, int]]]


def grow(total: int) -> None:
    """Published courses with texts, subjects, languages and runs, until there are ``total``."""
    dice = random.Random(total)
    providers, subjects = list(Provider.objects.all()), list(Subject.objects.all())
    locales, now = [locale(code) for code in LANGUAGES], timezone.now()
    courses = Course.objects.bulk_create(
        Course(
            code=f"MANY-{total}-{number}",
            provider=dice.choice(providers),
            kind=dice.choice(Course.Kind.values),
            mode=dice.choice(Course.Mode.values),
        )
        for number in range(total - Course.objects.count())
    )
    CourseText.objects.bulk_create(
        CourseText(
            course=course,
            locale=where,
            title=f"Torpaq və su {course.code}",
            summary="Qısa təsvir.",
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        for course in courses
        for where in dice.sample(locales, dice.choice((1, 1, 2)))
    )
    CourseLanguage.objects.bulk_create(
        CourseLanguage(course=course, language=dice.choice(LANGUAGES)) for course in courses
    )
    through = Course.subjects.through
    through.objects.bulk_create(
        through(course=course, subject=dice.choice(subjects)) for course in courses
    )
    starts = ((course, now + timedelta(days=dice.randint(-200, 200))) for course in courses[::2])
    CourseRun.objects.bulk_create(
        CourseRun(course=course, code="1", start=start, end=start + timedelta(days=5))
        for course, start in starts
    )
    touch_content()


def furnish() -> dict[str, str]:
    """A portal in which every part of these pages has something to show; their addresses."""
    install_site()
    providers = [make_provider() for _number in range(5)]
    subjects = [make_subject(hue=10 * number) for number in range(8)]
    centre = make_centre("baku", kind="central", latitude=40.4, longitude=49.9)
    titles = {code: f"Torpaq və su {code}" for code in LANGUAGES}
    course = make_course(
        titles,
        provider=providers[0],
        subjects=tuple(subjects[:2]),
        countries=("az", "kz"),
        lms=make_connection(),
        lms_key="k",
    )
    for _number in range(2):
        make_session(make_run(course, centre=centre), centre.rooms.first())
    course.related.add(make_course({"az": "Suvarma"}, provider=providers[1]))
    make_programme(course)
    index = NewsIndexPage.objects.get(locale=locale("az"))
    for number in range(3):
        news = NewsPage(title=f"Xəbər {number}")
        index.add_child(instance=news)
    return {
        "home": "/az/",
        "search": "/az/search/?q=torpaq",
        "filtered": f"/az/search/?q=torpaq&subject={subjects[0].code}&kind=course",
        "course": course_url(course.pk, titles["az"], "az"),
        "news": news.get_url(),
    }


def statements(addresses: dict[str, str]) -> dict[str, tuple[int, int]]:
    """For each page: just after a change of the content, and once its vocabularies are kept."""
    found = {}
    for name, address in addresses.items():
        Client().get(address)
        touch_content()
        counts = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as queries:
                answer = Client().get(address)
            assert answer.status_code == 200, address
            counts.append(len(queries))
        found[name] = tuple(counts)
    return found


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory) -> Counts:
    """The statements of each page by the number of courses; made once, as it takes a while."""
    search = settings.SEARCH | {"INDEX_DIR": tmp_path_factory.mktemp("search")}
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH=search, PAGE_CACHE_SECONDS=0),
        transaction.atomic(),
    ):
        addresses, counts = furnish(), {}
        grow(FEW)
        # The index holds a page of results; how many more it could find is the engine's matter.
        call_command("rebuild_search", stdout=StringIO())
        counts[FEW] = statements(addresses)
        grow(MANY)
        assert Course.objects.public().count() == MANY
        counts[MANY] = statements(addresses)
        transaction.set_rollback(True)
    return counts


@pytest.mark.parametrize("page", BOUNDS)
def test_statements_stay_within_their_bound(counted, page):
    assert counted[MANY][page][1] <= BOUNDS[page]


@pytest.mark.parametrize("page", BOUNDS)
def test_statements_are_as_many_with_35000_courses_as_with_30(counted, page):
    assert counted[MANY][page] == counted[FEW][page]
