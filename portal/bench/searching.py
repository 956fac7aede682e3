"""The search on both engines side by side: speed of calls, steps, suggestions and rebuilds.

Calls are timed one after the other in turns, so that ratios hold on a busy machine too.
"""

from __future__ import annotations

import contextlib
import os
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.utils import override_settings
from django.utils import timezone, translation

from catalog.models import CourseText, Provider
from search import service
from search.engine import EngineQuery
from search.engines import get_engine, get_indexes
from search.glossary import alternatives
from search.params import FACETS, PAGE_SIZE, SearchParams
from search.planning import Found, find, parse
from search.rebuild import rebuild_index
from search.suggest import Suggestion, suggestions

from .report import Report
from .search_documents import documents, titles
from .search_pages import REQUESTS, measure_page, measure_traffic
from .table import Table

QUERIES, STEP_QUERIES, WARM = 300, 60, 20
RATIO, EMBEDDED_MS, SUGGEST_MS, DOCUMENTS_A_SECOND = 1.5, 40.0, 5.0, 1000
LARGE = 350_000
"""Bounds: whole call to bare call at the 95th percentile; milliseconds at so many documents."""


Title = tuple[str, str]
"""The language of a title and the title."""

Clock = Callable[[], float]
"""Seconds. What the embedded engine does is work of this process, and a busy machine does not
disturb that; a server is waited for."""


def measure_search(report: Report) -> None:
    """On the courses in the tables, with the page over HTTP."""
    known = list(_titles_in_tables())
    table = Table(f"search, {len(known)} texts in the tables")
    for name, clock in _engines(report):
        _rebuilt(table, name)
        _measure_calls(table, name, known, clock)
        dice = random.Random(6)  # noqa: S311 -- a benchmark, not a secret
        asked = [_strict(title, dice) for title in dice.sample(known, min(len(known), REQUESTS))]
        measure_page(table, name, asked, lambda *one: get_engine().search(_question(*one)))
        measure_traffic(table, name, asked)
    table.say(report)


def measure_generated(report: Report, count: int) -> None:
    """On ``count`` documents put straight into the index."""
    providers = list(Provider.objects.values_list("pk", flat=True))
    known = list(titles(count))
    table = Table(f"search, {count} generated documents")
    for name, clock in _engines(report):
        began = time.perf_counter()
        (index,) = get_indexes()
        build = index.start_rebuild()
        build.add(map(build.analyse, documents(count, providers)))
        build.commit(count)
        table.put("index made by one process", name, f"{time.perf_counter() - began:.0f} s")
        _measure_calls(table, name, known, clock, large=count >= LARGE)
    table.say(report)


def _engines(report: Report) -> Iterator[tuple[str, Clock]]:
    """Each engine in turn, as the one the settings name, and how its calls are timed."""
    from tests.services import elasticsearch

    own = settings.SEARCH | {"INDEX_NAME": "bench", "FALLBACK": False}
    with override_settings(SEARCH=own | {"ELASTICSEARCH_URL": ""}):
        yield "embedded", time.process_time
    if problem := elasticsearch.why_not():
        report.say(f"elasticsearch: left out, {problem}")
        return
    with (
        elasticsearch.server() as url,
        override_settings(SEARCH=own | {"ELASTICSEARCH_URL": url}),
    ):
        yield "elasticsearch", time.perf_counter


def _rebuilt(table: Table, name: str) -> None:
    (index,) = get_indexes()
    cpu = _cpu()
    count = rebuild_index(index)
    spent = _cpu() - cpu
    rate = count * (os.cpu_count() or 1) / spent
    table.put(
        f"rebuild, documents a second (≥ {DOCUMENTS_A_SECOND})",
        name,
        f"{rate:.0f}, {1000 * spent / count:.2f} ms each",
        # What the server does is the work of another process.
        over=name == "embedded" and rate < DOCUMENTS_A_SECOND,
    )


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _measure_calls(
    table: Table, name: str, known: list[Title], clock: Clock, *, large: bool = False
) -> None:
    dice = random.Random(5)  # noqa: S311 -- a benchmark, not a secret
    asked = [_strict(title, dice) for title in dice.sample(known, min(len(known), QUERIES + WARM))]
    spent = _side_by_side(asked, clock)
    for call, own in spent.items():
        table.put(f"{call}, p50 and p95", name, _both(own))
    whole, bare = _p95(spent["whole call"]), _p95(spent["bare engine"])
    is_slow = large and name == "embedded" and whole > EMBEDDED_MS
    table.put(
        f"whole call to bare engine, p95 (≤ {RATIO:g} ×)",
        name,
        f"{whole / bare:.2f} ×" + (f" (≤ {EMBEDDED_MS:g} ms)" if large else ""),
        over=whole > RATIO * bare or is_slow,
    )
    for step, make in _STEPS.items():
        texts = [(make(*_strict(t, dice)), t[0]) for t in dice.sample(known, STEP_QUERIES)]
        own = [_timed(partial(_answer, text, language), clock) for text, language in texts]
        table.put(f"{step}, p50 and p95", name, _both(own))
    typed = [(t[1][: dice.randint(1, 6)], t[0]) for t in dice.sample(known, QUERIES)]
    own = [_timed(partial(_suggested, text, language), clock) for text, language in typed][WARM:]
    row = f"suggestions, p50 and p95 (≤ {SUGGEST_MS:g} ms)"
    table.put(row, name, _both(own), over=_p95(own) > SUGGEST_MS)


def _both(spent: Sequence[float]) -> str:
    return f"{statistics.median(spent):.1f}, {_p95(spent):.1f} ms"


def _side_by_side(asked: Sequence[tuple[str, str]], clock: Clock) -> dict[str, list[float]]:
    """Milliseconds of each way to ask the same, for queries that the strict step ends."""
    engine = get_engine()
    ways: dict[str, Callable[[str, str], Callable[[], object]]] = {
        "bare engine": lambda text, lang: partial(engine.search, _question(text, lang)),
        "plan and engine": lambda text, lang: partial(_planned, text, lang),
        "whole call": lambda text, lang: partial(_answer, text, lang),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for turn, (text, language) in enumerate(asked):
        # Whoever comes first finds what it needs less warm.
        for name in sorted(ways, reverse=bool(turn % 2)):
            spent[name].append(_timed(ways[name](text, language), clock))
    return {name: own[WARM:] for name, own in spent.items()}


def _question(text: str, language: str) -> EngineQuery:
    """What the engine is asked on the page of this query."""
    strict = parse(text).text(expand=lambda words: alternatives(words, language))
    fields = {"limit": PAGE_SIZE, "facets": FACETS, "count_types": True}
    return EngineQuery(language=language, text=strict, **fields)


def _answer(text: str, language: str) -> service.Answer:
    with _as_in_a_request(language):
        return service.answer(SearchParams(query=text), language, timezone.now())


def _planned(text: str, language: str) -> Found:
    """All of it but reading the results from the tables."""
    with _as_in_a_request(language):
        plain = EngineQuery(language=language, limit=PAGE_SIZE, facets=FACETS, count_types=True)
        return find(get_engine(), text, plain, expand=lambda words: alternatives(words, language))


def _suggested(text: str, language: str) -> list[Suggestion]:
    with _as_in_a_request(language):
        return suggestions(text, language)


@contextlib.contextmanager
def _as_in_a_request(language: str) -> Iterator[None]:
    """Vocabularies are kept for the length of a request; the connection stays open."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        request_started.send(sender=None)
        with translation.override(language):
            yield
        request_finished.send(sender=None)
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


def _timed(call: Callable[[], object], clock: Clock) -> float:
    began = clock()
    call()
    return 1000 * (clock() - began)


def _p95(spent: Sequence[float]) -> float:
    return statistics.quantiles(spent, n=20)[-1]


def _strict(title: Title, dice: random.Random) -> tuple[str, str]:
    """One to three words of a title, and the language they are in."""
    words = title[1].split()
    start = dice.randrange(len(words))
    return " ".join(words[start : start + dice.randint(1, 3)]), title[0]


_STEPS: dict[str, Callable[[str, str], str]] = {
    "last word begun": lambda text, language: text[: max(2, len(text) - 2)],
    "a letter wrong": lambda text, language: text[:2] + "x" + text[3:],
    "a word nobody has": lambda text, language: f"{text} qwzzyx",
}


def _titles_in_tables() -> Iterable[Title]:
    """Language and title of every published text."""
    return CourseText.objects.filter(live=True).values_list("locale__language_code", "title")
