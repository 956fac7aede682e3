"""What somebody who is typing may mean: entries by title, then subjects, then popular queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

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
    found = _distinct(
        chain(_entries(words, language), _subjects(words, language), _queries(typed, language)),
        most,
    )
    if not found:
        others = filter(None, (folded_words(reading) for reading in readings(typed)))
        found = _distinct((one for other in others for one in _entries(other, language)), most)
    return found


def _distinct(found: Iterable[Suggestion], most: int) -> list[Suggestion]:
    """The first of them; the others are never made."""
    seen: dict[tuple[str, str], Suggestion] = {}
    for one in found:
        seen.setdefault((one.type, one.title), one)
        if len(seen) >= most:
            break
    return list(seen.values())


def _entries(words: Sequence[str], language: str) -> Iterator[Suggestion]:
    """Those in the reader's language first, and those whose title begins with what was typed: that
    is what most people mean.
    """
    rows = get_engine().named(words, language, _ASKED)
    chosen = [(row, *_title(row, words, language)) for row in rows if row.titles]
    ranked = sorted(chosen, key=lambda one: (one[1] != language, not one[2]))
    for row, shown, _leads in ranked:
        kind, number = row.key.split(":")
        title = row.titles[shown]
        if url := _URLS[kind](int(number), title, language) if kind in _URLS else "":
            yield Suggestion(row.type, title, url, shown)


def _title(row: Named, words: Sequence[str], language: str) -> tuple[str, bool]:
    """The language of the title to show, the reader's if it will do, and whether that begins with
    what was typed.
    """
    order = [code for code in dict.fromkeys((language, *row.titles)) if code in row.titles]
    read: dict[str, list[str]] = {}
    for code in order:
        read[code] = folded_words(row.titles[code])
        if _begin(read[code], words):
            break
    else:
        code = order[0]
    return code, "".join(read[code][:1]).startswith(words[0])


def _begin(own: Sequence[str], words: Sequence[str]) -> bool:
    """Each of the typed words begins one of its own."""
    return all(any(word.startswith(typed) for word in own) for typed in words)


def _subjects(words: Sequence[str], language: str) -> Iterator[Suggestion]:
    for code, name, folded in _known_subjects(language):
        if _begin(folded, words):
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
