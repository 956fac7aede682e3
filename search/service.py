"""One search from its address to what is shown; the page and the API both call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from .analysis import analyse_words
from .engine import Engine, EngineQuery
from .engines import get_engine
from .freshness import waiting
from .glossary import alternatives
from .insight.placements import NOTHING, PLACED_TYPE, Placed, placed
from .params import FACETS, PAGE_SIZE, STARTS, TYPES, SearchParams
from .planning import Found, Step, find
from .results import Result, load

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Answer:
    """What was found. ``read_as``: the query that was answered where it is not the one typed.

    ``types`` counts what the query finds under every tab.
    """

    params: SearchParams
    found: Found
    results: list[Result]
    read_as: str
    pages: int

    @property
    def total(self) -> int:
        """How many entries there are on all pages."""
        return self.found.result.total

    @property
    def step(self) -> str:
        """How the query was understood."""
        return str(self.found.step)

    @property
    def types(self) -> Mapping[str, int]:
        """Entries of every type."""
        return {name: self.found.result.types.get(name, 0) for name in TYPES}

    @property
    def next_change(self) -> datetime | None:
        """When the words of the first result change by themselves."""
        moments = (r.availability.next_change for r in self.results if r.availability)
        return min((moment for moment in moments if moment), default=None)


def answer(
    params: SearchParams,
    language: str,
    now: datetime,
    *,
    page_size: int = PAGE_SIZE,
    audience: tuple[str, ...] = (),
) -> Answer:
    """Search for readers of ``language``. May raise EngineUnavailable.

    ``audience``: codes of the visitor, where only what the visitor may enrol in is wanted.
    """
    late = waiting()
    found = _found(params, language, _question(params, language, now, page_size, audience))
    hits = found.result.hits
    shown = {} if late is None else {hit.key: hit.shown for hit in hits if hit.key not in late}
    results = load([hit.key for hit in hits], language, found.marks, now, shown)
    pages = max(1, -(-found.result.total // page_size))
    return Answer(params, found, results, _as_written(found, results), pages)


def counts(
    params: SearchParams, language: str, now: datetime, facet: str
) -> Mapping[str, Mapping[str, int]]:
    """What one filter would leave of the search, by its values; no result is read.

    May raise EngineUnavailable.
    """
    whole = _question(params, language, now, 1, ())
    question = replace(whole, facets=(facet,), count_types=False)
    return _found(params, language, question).result.facets


def _found(params: SearchParams, language: str, question: EngineQuery) -> Found:
    engine = get_engine()
    found = find(
        engine,
        params.query,
        question,
        expand=lambda words: alternatives(words, language),
        literal=params.literal,
    )
    return _with_placements(found, engine, question, placed(params.query, language))


def _with_placements(found: Found, engine: Engine, question: EngineQuery, decided: Placed) -> Found:
    """Heeds what editors decided for the query; asks once more only where they did."""
    if decided == NOTHING or found.text is None or PLACED_TYPE not in question.types:
        return found
    first = decided.first if question.sort == "relevance" else ()
    text = replace(found.text, first=first, hidden=decided.hidden)
    result = engine.search(replace(question, text=text))
    return replace(found, result=result, by_meaning=frozenset())


def _question(
    params: SearchParams,
    language: str,
    now: datetime,
    page_size: int,
    audience: tuple[str, ...],
) -> EngineQuery:
    today = int(now.timestamp() // _SECONDS_A_DAY)
    sort = params.sort
    if sort == "relevance" and not params.query:
        sort = "newest"
    return EngineQuery(
        language=language,
        types=(params.type,),
        filters=params.filters | ({"audience": audience} if audience else {}),
        start_from=today if params.starts else None,
        start_to=today + STARTS[params.starts] if params.starts else None,
        sort=sort,
        offset=(params.page - 1) * page_size,
        limit=page_size,
        facets=FACETS,
        count_types=True,
    )


def _as_written(found: Found, results: list[Result]) -> str:
    """The words that were looked for, spelt as the results spell them."""
    seen: dict[str, str] = {}
    for result in results if found.read_as else ():
        for segments in (result.title, result.summary):
            for text in (part for part, is_match in segments if is_match):
                for word in analyse_words(text):
                    for form in (word.folded, *(stem for _language, stem in word.stems)):
                        seen.setdefault(form, text.lower())
    return " ".join(seen.get(word.folded, word.folded) for word in found.read_as)


def sentences(answer: Answer) -> list[str]:
    """What was done with the query, for the reader; nothing when it was answered as it stands."""
    found, said = answer.found, []
    if answer.params.was_cut:
        said.append(_("The search was long; only its first 200 characters were used."))
    if not answer.total:
        return said
    match found.step:
        case Step.PREFIX:
            said.append(_("Also showing words that begin like the last one."))
        case Step.ALPHABET:
            said.append(_("Showing what is written so in another alphabet."))
        case Step.RELAXED:
            said.append(_("Nothing has all the words; entries with most of them are shown."))
        case Step.MEANING:
            said.append(_("Nothing has these words; entries about the same are shown."))
    if found.by_meaning and found.step != Step.MEANING:
        said.append(_("Some entries have other words and are about the same."))
    if found.missing and found.step in {Step.RELAXED, Step.MEANING}:
        words = ", ".join(found.missing)
        said.append(_("Not found anywhere: %(words)s.") % {"words": words})
    return said


def notes(answer: Answer) -> list[str]:
    """The sentences for readers who see nothing else: one also where nothing was found."""
    return sentences(answer) + ([] if answer.total else [_("Nothing was found.")])
