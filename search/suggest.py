"""What somebody who is typing may mean: entries by title, then subjects, then popular queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalog.addresses import centre_url, course_url, programme_url, provider_url
from catalog.selectors.vocabulary import subjects
from home.cache import kept
from home.languages.translated import Translated
from home.navigation import active_language

from .engine import Named
from .engines import get_engine
from .engines.fields import folded_words
from .insight.selectors import popular_like
from .params import SearchParams
from .planning.keyboard import readings

MOST, MOST_QUERIES = 8, 3
# More than are shown, so that titles in the reader's language can come first.
_ASKED = 30
_URLS = {
    "course": course_url,
    "programme": programme_url,
    "provider": provider_url,
    "centre": centre_url,
}


NAMES = {
    "course": _("Course"),
    "programme": _("Programme"),
    "provider": _("Provider"),
    "centre": _("Training centre"),
    "news": _("News"),
    "page": _("Page"),
    "subject": _("Subject"),
    "query": _("Often searched"),
}


@dataclass(frozen=True)
class Suggestion:
    """A title, where it leads and the language it is in."""

    type: str
    title: str
    url: str
    language: str


def suggestions(typed: str, language: str, most: int = MOST) -> list[Suggestion]:
    """At most ``most``, each title once. May raise EngineUnavailable."""
    words = folded_words(typed)
    if not words:
        return []
    found = [
        *_entries(words, language),
        *_subjects(words, language),
        *_queries(typed, language),
    ]
    if not found:
        others = [folded_words(reading) for reading in readings(typed)]
        found = [one for other in others if other for one in _entries(other, language)]
    distinct = {(one.type, one.title): one for one in reversed(found)}
    ranked = sorted(distinct.values(), key=found.index)
    return ranked[:most]


def _entries(words: Sequence[str], language: str) -> list[Suggestion]:
    rows = get_engine().named(words, language, _ASKED)
    made = [_suggestion(row, words, language) for row in rows]
    found = [one for one in made if one is not None and one.url]
    return sorted(found, key=lambda one: (one.language != language, not _leads(one, words)))


def _leads(one: Suggestion, words: Sequence[str]) -> bool:
    """The title begins with what was typed: that is what most people mean."""
    own = folded_words(one.title)
    return bool(own) and own[0].startswith(words[0])


def _suggestion(row: Named, words: Sequence[str], language: str) -> Suggestion | None:
    titles = dict(row.titles)
    order = [code for code in (language, *titles) if code in titles]
    shown = next((code for code in order if _begins(titles[code], words)), None)
    if shown is None:
        shown = next(iter(order), None)
    if shown is None:
        return None
    kind, number = row.key.split(":")
    url = _URLS[kind](int(number), titles[shown], language) if kind in _URLS else ""
    return Suggestion(row.type, titles[shown], url, shown)


def _begins(title: str, words: Sequence[str]) -> bool:
    own = folded_words(title)
    return all(any(word.startswith(typed) for word in own) for typed in words)


def _subjects(words: Sequence[str], language: str) -> Iterator[Suggestion]:
    for code, name, folded in _known_subjects(language):
        if all(any(word.startswith(typed) for word in folded) for typed in words):
            url = _search_url(SearchParams(filters={"subject": (code,)}))
            yield Suggestion("subject", name, url, language)


def _queries(typed: str, language: str) -> Iterator[Suggestion]:
    for query in popular_like(typed, language, MOST_QUERIES):
        yield Suggestion("query", query, _search_url(SearchParams(query=query)), language)


def _search_url(params: SearchParams) -> str:
    return f"/{active_language()}/search/{params.address()}"


@kept
def _known_subjects(language: str) -> list[tuple[str, str, list[str]]]:
    """Code, name for readers of ``language``, and the words of the name."""
    names: list[tuple[str, Translated]] = [(row.code, row.name) for row in subjects().values()]
    return [(code, name.text(language), folded_words(name.text(language))) for code, name in names]
