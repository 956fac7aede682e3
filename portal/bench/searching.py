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

QUERIES, STEP_QUERIES, WARM = 300, 60, 20
RATIO, EMBEDDED_MS, SUGGEST_MS, DOCUMENTS_A_SECOND = 1.5, 40.0, 5.0, 1000
LARGE = 350_000
"""Bounds: whole call to bare call at the 95th percentile; milliseconds at so many documents."""


Title = tuple[str, str]
"""The language of a title and the title."""


def measure_search(report: Report) -> None:
    """On the courses in the tables, with the page over HTTP."""
    for name in _engines(report):
        _rebuilt(report, name)
        known = list(_titles_in_tables())
        _measure_calls(report, name, known)
        dice = random.Random(6)  # noqa: S311 -- a benchmark, not a secret
        asked = [_strict(title, dice) for title in dice.sample(known, min(len(known), REQUESTS))]
        measure_page(report, name, asked, lambda *one: get_engine().search(_question(*one)))
        measure_traffic(report, name, asked)


def measure_generated(report: Report, count: int) -> None:
    """On ``count`` documents put straight into the index; results show courses of the tables."""
    for name in _engines(report):
        began = time.perf_counter()
        (index,) = get_indexes()
        build = index.start_rebuild()
        build.add(map(build.analyse, documents(count)))
        build.commit(count)
        seconds = time.perf_counter() - began
        report.say(f"{name}: {count} generated documents in {seconds:.0f} s, one process")
        with _results_from_tables():
            _measure_calls(
                report, name, list(titles(count)), large=name == "embedded" and count >= 350_000
            )


def _engines(report: Report) -> Iterator[str]:
    """Each engine in turn, as the one the settings name."""
    from tests.services import elasticsearch

    own = settings.SEARCH | {"INDEX_NAME": "bench", "FALLBACK": False}
    with override_settings(SEARCH=own | {"ELASTICSEARCH_URL": ""}):
        yield "embedded"
    if problem := elasticsearch.why_not():
        report.say(f"elasticsearch: left out, {problem}")
        return
    with (
        elasticsearch.server() as url,
        override_settings(SEARCH=own | {"ELASTICSEARCH_URL": url}),
    ):
        yield "elasticsearch"


def _rebuilt(report: Report, name: str) -> None:
    (index,) = get_indexes()
    began, cpu = time.perf_counter(), _cpu()
    count = rebuild_index(index)
    seconds, spent = time.perf_counter() - began, _cpu() - cpu
    report.say(
        f"{name}: rebuild of {count} documents: {count / seconds:.0f} a second, "
        f"CPU {1000 * spent / count:.2f} ms each; {os.cpu_count()} cores would do "
        f"{count * (os.cpu_count() or 1) / spent:.0f} (bound {DOCUMENTS_A_SECOND})"
    )


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _measure_calls(report: Report, name: str, known: list[Title], *, large: bool = False) -> None:
    dice = random.Random(5)  # noqa: S311 -- a benchmark, not a secret
    asked = [_strict(title, dice) for title in dice.sample(known, min(len(known), QUERIES + WARM))]
    spent = _side_by_side(asked)
    bare = _p95(spent["bare engine"])
    for call, own in spent.items():
        ratio, whole = _p95(own) / bare, call == "whole call"
        report.say(
            f"{name}: {call}: p50 {statistics.median(own):.1f} p95 {_p95(own):.1f} ms, "
            f"p95 {ratio:.2f} × the bare engine" + (f" (bound {RATIO:g})" if whole else ""),
            over=whole and (ratio > RATIO or (large and _p95(own) > EMBEDDED_MS)),
        )
    for step, make in _STEPS.items():
        texts = [(make(*_strict(t, dice)), t[0]) for t in dice.sample(known, STEP_QUERIES)]
        spent = [_timed(partial(_answer, text, language)) for text, language in texts]
        report.say(f"{name}: {step}: p50 {statistics.median(spent):.1f} p95 {_p95(spent):.1f} ms")
    typed = [(t[1][: dice.randint(1, 6)], t[0]) for t in dice.sample(known, QUERIES)]
    spent = [_timed(partial(_suggested, text, language)) for text, language in typed][WARM:]
    report.say(
        f"{name}: suggestions p50 {statistics.median(spent):.1f} p95 {_p95(spent):.1f} ms "
        f"(bound {SUGGEST_MS:g})",
        over=_p95(spent) > SUGGEST_MS,
    )


def _side_by_side(asked: Sequence[tuple[str, str]]) -> dict[str, list[float]]:
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
            spent[name].append(_timed(ways[name](text, language)))
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


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


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
    from catalog.models import CourseText

    return CourseText.objects.filter(live=True).values_list("locale__language_code", "title")


@contextlib.contextmanager
def _results_from_tables() -> Iterator[None]:
    """Let found documents that only the index has be shown as courses of the tables."""
    from catalog.models import Course

    numbers = list(Course.objects.public().values_list("pk", flat=True))
    load = service.load

    def mapped(keys: Sequence[str], *rest: object) -> list:
        pks = [numbers[int(key.partition(":")[2]) % len(numbers)] for key in keys]
        return load([f"course:{pk}" for pk in dict.fromkeys(pks)], *rest)

    service.load = mapped
    try:
        yield
    finally:
        service.load = load
