"""``manage.py bench``: import and index a generated catalogue, then measure pages on it."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import translation

from catalog.addresses import course_url
from catalog.models import Course, CourseText, Provider, Subject
from home.models import NewsPage
from portal.bench.generate import courses
from portal.bench.measure import calibration, cpu_median, measure
from search.tasks import catch_up

# Minutes and megabytes for 35,000 courses on two cores; SQL and CPU per page.
IMPORT_SECONDS, PEAK_MB = 300, 1024
SQL = {"home": 15, "search": 5, "course": 12, "news": 12}


class Command(BaseCommand):
    """Needs a portal of its own: point DATA_DIR at an empty folder."""

    help = "Measure import, indexing and pages on a generated catalogue (in an empty DATA_DIR)."

    def add_arguments(self, parser) -> None:
        """How large."""
        parser.add_argument("--courses", type=int, default=35_000)

    def handle(self, *args, **options) -> None:
        """Everything, one line per figure; exit code 1 when a bound is broken."""
        call_command("migrate", verbosity=0)
        if Course.objects.exists():
            raise CommandError("There are courses already. Point DATA_DIR at an empty folder.")
        self._broken: list[str] = []
        for command in (("setup",), ("demo", "load"), ("rebuild_search",)):
            call_command(*command, verbosity=0, stdout=StringIO())
        self._import(options["courses"])
        self._pages()
        if self._broken:
            raise CommandError(f"Over the bound: {'; '.join(self._broken)}")

    def _say(self, line: str, broken: bool = False) -> None:
        self.stdout.write(line + ("   OVER" if broken else ""))
        if broken:
            self._broken.append(line.strip())

    def _import(self, count: int) -> None:
        providers = list(Provider.objects.values_list("code", flat=True))
        subjects = list(Subject.objects.filter(parent__isnull=False).values_list("code", flat=True))
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
            for row in courses(count, providers=providers, subjects=subjects):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        began, cpu = time.monotonic(), time.process_time()
        quiet = StringIO()
        call_command("import_courses", file.name, source="bench", publish=True, stdout=quiet)
        imported = time.monotonic()
        # As the worker does it: every change that waits in the outbox.
        catch_up()
        done = time.monotonic()
        Path(file.name).unlink()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        texts = CourseText.objects.count()
        self._say(f"{count} courses, {texts} texts: imported in {imported - began:.0f} s")
        self._say(f"indexed in {done - imported:.0f} s; CPU {time.process_time() - cpu:.0f} s")
        self._say(f"both: {done - began:.0f} s", count >= 35_000 and done - began > IMPORT_SECONDS)
        self._say(f"peak memory {peak:.0f} MB", peak > PEAK_MB)

    def _pages(self) -> None:
        course = Course.objects.public().first()
        text = course.texts.filter(live=True).select_related("locale").first()
        language = text.locale.language_code
        with translation.override(language):
            address = course_url(course.pk, text.title, language)
        word = text.title.split()[0]
        news = NewsPage.objects.live().filter(alias_of=None).first()
        addresses = {
            "home": "/az/",
            "search": f"/{language}/search/?q={word}",
            "course": address,
            "news": news.get_url() if news else "/az/xeberler/",
        }
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        unit = cpu_median(calibration)
        self._say(f"calibration loop {unit:.2f} ms")
        with override_settings(PAGE_CACHE_SECONDS=0):
            for name, url in addresses.items():
                client.get(url)
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    answer = client.get(url)
                if answer.status_code != 200:
                    raise CommandError(f"{url} answered {answer.status_code}")
                sql = len(queries)
                self._say(f"SQL {name}: {sql} (bound {SQL[name]})", sql > SQL[name])
                bound = 15.0 if name == "course" else None
                figure = measure(f"{name}, uncached", lambda u=url: client.get(u), unit, bound)
                self._say(figure.line(), bool(bound and figure.milliseconds > bound))
        cache.clear()
        client.get(address)
        figure = measure("course, cached", lambda: client.get(address), unit, 2.0)
        self._say(figure.line(), figure.milliseconds > 2.0)
