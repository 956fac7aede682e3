"""The filters beside the results: their values in the reader's words, with honest counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Course
from catalog.selectors.vocabulary import (
    CompetencyFact,
    ProviderFact,
    SubjectFact,
    competencies,
    countries,
    providers,
    subjects,
)
from home.cache import kept
from home.languages.collation import sort_key
from home.languages.facts import is_language_code, language_name

from .params import SearchParams

# How many values of a filter stand unfolded, and how many more are folded away beside it.
SHOWN, MOST_FOLDED = 8, 24


@dataclass(frozen=True)
class Value:
    """One choice in a filter."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """One filter: ``values`` in the order they are shown, ``more`` folded away.

    ``rest``: how many have no room beside the results and are on a page of their own.
    """

    name: str
    label: str | Promise
    values: list[Value]
    more: list[Value]
    rest: int = 0


def _choices(choices: type) -> Callable[[str], Mapping[str, str]]:
    return lambda language: {value: str(label) for value, label in choices.choices}


@kept
def _subjects(language: str) -> dict[str, tuple[str, int]]:
    """Names and depths, in tree order."""
    below: dict[int | None, list[SubjectFact]] = {}
    for row in subjects().values():
        below.setdefault(row.parent, []).append(row)
    found: dict[str, tuple[str, int]] = {}

    def walk(parent: int | None, depth: int) -> None:
        for row in below.get(parent, ()):
            if row.code not in found and depth < 6:
                found[row.code] = (row.name.text(language), depth)
                walk(row.pk, depth + 1)

    walk(None, 0)
    return found


def _countries(language: str) -> dict[str, str]:
    return {row.code: row.name.text(language) for row in countries().values()}


@kept
def _providers(language: str) -> dict[str, str]:
    return _by_name(providers().values(), language)


@kept
def _competencies(language: str) -> dict[str, str]:
    return _by_name(competencies().values(), language)


def _by_name(rows: Iterable[ProviderFact | CompetencyFact], language: str) -> dict[str, str]:
    names = {row.code: row.name.text(language) for row in rows}
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1], language)))


def _states(language: str) -> Mapping[str, str]:
    return {
        "open": str(_("Enrolment open")),
        "anytime": str(_("Start any time")),
        "upcoming": str(_("Enrolment opens later")),
        "full": str(_("Full")),
        "announced": str(_("Dates not set yet")),
        "closed": str(_("Enrolment closed")),
        "running": str(_("Under way")),
        "finished": str(_("Finished")),
        "cancelled": str(_("Cancelled")),
    }


# How many values stay unfolded is the same for all; order is that of the words, else by count.
_FACETS: tuple[tuple[str, Any, Callable[[str], Mapping[str, Any]] | None], ...] = (
    ("state", _("Enrolment"), _states),
    ("subject", _("Subject"), _subjects),
    ("competency", _("Competency"), _competencies),
    ("kind", _("Kind"), _choices(Course.Kind)),
    ("mode", _("How it is held"), _choices(Course.Mode)),
    ("level", _("Level"), _choices(Course.Level)),
    ("teaching", _("Teaching language"), None),
    ("subtitles", _("Subtitles"), None),
    ("language", _("Language of the description"), None),
    ("country", _("Country"), _countries),
    ("provider", _("Provider"), _providers),
)

MINE_LABEL = _("Open to me")
LABELS = {name: label for name, label, _words in _FACETS}
_WORDS = {name: words for name, _text, words in _FACETS}

STARTS_LABELS = {
    "7": _("Starts within 7 days"),
    "30": _("Starts within 30 days"),
    "90": _("Starts within 90 days"),
}


def facets(counts: Mapping[str, Mapping[str, int]], params: SearchParams, language: str) -> list:
    """Every filter with its values."""
    return [
        _folded(name, label, values_of(name, counts, params, language))
        for name, label, _words in _FACETS
    ]


def values_of(name: str, counts: Mapping, params: SearchParams, language: str) -> list[Value]:
    """Values with courses; those without one too where something of the filter is chosen."""
    words, own, chosen = _WORDS[name], counts.get(name, {}), params.filters.get(name, ())
    known = words(language) if words else {}
    order = list(known) if words else sorted(own, key=lambda v: (-own[v], v))
    order += [value for value in chosen if value not in order]
    values = []
    for value in order:
        if own.get(value) or chosen:
            text, depth = _label(name, value, known, language)
            values.append(Value(value, text, own.get(value, 0), value in chosen, depth))
    return values


def _folded(name: str, label: str | Promise, values: list[Value]) -> Facet:
    """Few values as they stand; of very many those that have most courses, and all chosen ones."""
    rest = max(0, len(values) - SHOWN - MOST_FOLDED)
    if rest:
        ranked = sorted(values, key=lambda value: (not value.chosen, -value.count))
        kept = set(ranked[: SHOWN + MOST_FOLDED])
        values = [value for value in values if value in kept]
    split = max([SHOWN] + [i + 1 for i, v in enumerate(values) if v.chosen])
    return Facet(name, label, values[:split], values[split:], rest)


def _label(name: str, value: str, known: Mapping, language: str) -> tuple[str, int]:
    """The words for a value, and how deep it stands; whatever an address says is never shown."""
    if name in {"teaching", "subtitles", "language"}:
        if is_language_code(value):
            return language_name(value, language), 0
        return str(_("Unknown language")), 0
    found = known.get(value) or str(_("Unknown filter"))
    return found if isinstance(found, tuple) else (str(found), 0)


def chips(params: SearchParams, language: str) -> list[dict[str, str]]:
    """What narrows the results now, each with the address that takes it off."""
    found = []
    for name, _title, words in _FACETS:
        known = words(language) if words else {}
        for value in params.filters.get(name, ()):
            label = _label(name, value, known, language)[0]
            found.append({"label": label, "address": params.without(name, value)})
    if params.mine:
        found.append({"label": str(MINE_LABEL), "address": params.without("mine", "")})
    if params.starts:
        label = str(STARTS_LABELS[params.starts])
        found.append({"label": label, "address": params.without("starts", params.starts)})
    return found
