"""SQL statements and CPU milliseconds of the main pages, as an anonymous visitor gets them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import translation

from catalog.addresses import course_url
from catalog.models import Course
from home.models import NewsPage

from .report import Report

SQL = {"home": 15, "search": 5, "course": 12, "news": 12}
"""Most statements of a page; the search engine's own calls are no SQL."""

UNCACHED_MS, CACHED_MS = 15.0, 2.0
"""CPU of a course's page, made anew and kept."""


@dataclass(frozen=True)
class Main:
    """Addresses of the pages that are measured, by the names in ``SQL``."""

    addresses: dict[str, str]

    @classmethod
    def find(cls) -> Main:
        """The course with the most sessions stands for all: its page has the most to show."""
        courses = Course.objects.public().annotate(sessions=Count("runs__sessions"))
        course = courses.order_by("-sessions", "pk")[0]
        text = course.texts.filter(live=True).select_related("locale")[0]
        language = text.locale.language_code
        news = NewsPage.objects.live().filter(alias_of=None)[0]
        with translation.override(language):
            address = course_url(course.pk, text.title, language)
        return cls(
            {
                "home": f"/{language}/",
                "search": f"/{language}/search/?q={text.title.split()[0]}",
                "course": address,
                "news": news.get_url(),
            }
        )


def measure_pages(report: Report) -> None:
    """One line for the SQL and one for the CPU of each page; the course's also from the cache."""
    pages = Main.find().addresses
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    with override_settings(PAGE_CACHE_SECONDS=0):
        for name, address in pages.items():
            statements = _statements(client, address)
            report.say(f"SQL {name}: {statements} (bound {SQL[name]})", over=statements > SQL[name])
            bound = UNCACHED_MS if name == "course" else None
            report.cpu(f"{name}, uncached", partial(client.get, address), bound)
    cache.clear()
    report.cpu("course, cached", partial(client.get, pages["course"]), CACHED_MS)


def _statements(client: Client, address: str) -> int:
    """How many SQL statements the page takes once the process knows its vocabularies."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise CommandError(f"{address} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
