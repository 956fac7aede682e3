"""The search page over HTTP: distinct queries, so that no kept page answers."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import CommandError
from django.test import Client
from django.test.utils import override_settings

from .table import Table

CLIENTS, REQUESTS, IN_PROCESS, WARM = 8, 400, 80, 10
ABOVE_ENGINE_MS = 12.0
"""CPU of a page above that of its call of the engine."""

Asked = tuple[str, str]
"""A query and the language of its page."""


def measure_page(
    table: Table,
    name: str,
    asked: Sequence[Asked],
    bare: Callable[[str, str], object],
) -> None:
    """CPU of a page in this process, beside that of the engine alone, at the median.

    What a server does for either is the same.
    """
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    pages, engine = [], []
    with override_settings(PAGE_CACHE_SECONDS=0):
        for turn, (text, language) in enumerate(asked[:IN_PROCESS]):
            ways = [
                (pages, lambda t=text, lang=language: client.get(_address(t, lang))),
                (engine, lambda t=text, lang=language: bare(t, lang)),
            ]
            # Whoever comes second finds the query's part of the index warm.
            for spent, call in reversed(ways) if turn % 2 else ways:
                began = time.process_time()
                call()
                spent.append(1000 * (time.process_time() - began))
    page, own = statistics.median(pages[WARM:]), statistics.median(engine[WARM:])
    table.put("search page, of it the engine", name, f"{page:.1f}, {own:.1f} ms")
    table.put(
        f"search page above the engine (≤ {ABOVE_ENGINE_MS:g} ms)",
        name,
        f"{page - own:.1f} ms",
        over=page - own > ABOVE_ENGINE_MS,
    )


def measure_traffic(table: Table, name: str, asked: Sequence[Asked]) -> None:
    """Requests a second and the 95th percentile at eight clients and two web processes."""
    with _web() as port, ThreadPoolExecutor(CLIENTS) as clients:
        parts = [asked[n:REQUESTS:CLIENTS] for n in range(CLIENTS)]
        began = time.perf_counter()
        spent = [
            one for found in clients.map(lambda part: _visit(port, part), parts) for one in found
        ]
        seconds = time.perf_counter() - began
    table.put(
        f"pages a second and p95, {CLIENTS} clients, 2 processes",
        name,
        f"{len(spent) / seconds:.0f}, {statistics.quantiles(spent, n=20)[-1]:.0f} ms",
    )


def _address(text: str, language: str) -> str:
    return f"/{language}/search/?{urlencode({'q': text})}"


def _visit(port: int, asked: Sequence[Asked]) -> list[float]:
    connection, spent = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for text, language in asked:
        began = time.perf_counter()
        connection.request("GET", _address(text, language))
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise CommandError(f"{_address(text, language)} answered {answer.status}")
        spent.append(1000 * (time.perf_counter() - began))
    connection.close()
    return spent


@contextmanager
def _web() -> Iterator[int]:
    """Two web processes with the settings of now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = os.environ | {
        "ELASTICSEARCH_URL": settings.SEARCH["ELASTICSEARCH_URL"],
        "SEARCH_INDEX_NAME": settings.SEARCH["INDEX_NAME"],
        "SEARCH_FALLBACK": "false",
    }
    words = ["portal.wsgi:application", "--workers=2", f"--bind=127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words, "--log-level=error"], env=variables
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _attempt in range(300):
        try:
            _visit(port, [("kurs", "az")])
            return
        except OSError:
            time.sleep(0.2)
    raise CommandError("The web processes do not answer.")
