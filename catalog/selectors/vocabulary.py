"""Small tables that every page reads, kept in the process until the content changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from catalog.models import Centre, Competency, Provider, Subject
from catalog.people.models import Country, Institution
from home.cache import kept
from home.languages.translated import Translated


@dataclass(frozen=True)
class CountryFact:
    """A country; ``iso_code`` is "" for Northern Cyprus."""

    pk: int
    code: str
    iso_code: str
    name: Translated
    time_zone: str


@dataclass(frozen=True)
class InstitutionFact:
    """A public body and the code of its country."""

    pk: int
    code: str
    country: str
    name: Translated


@dataclass(frozen=True)
class ProviderFact:
    """Who offers courses; ``country`` is the number of a country."""

    pk: int
    code: str
    name: Translated
    country: int
    website: str


@dataclass(frozen=True)
class CentreFact:
    """Where a centre is and whose clocks it goes by."""

    city: Translated
    time_zone: str


@dataclass(frozen=True)
class SubjectFact:
    """A subject; ``parent`` is the number of the one above, None at the top."""

    pk: int
    code: str
    parent: int | None
    name: Translated
    hue: int
    icon: str


@dataclass(frozen=True)
class CompetencyFact:
    """A competency of the training framework."""

    code: str
    name: Translated


@kept
def countries() -> dict[int, CountryFact]:
    """By number, in the portal's order."""
    return {
        row.pk: CountryFact(row.pk, row.code, row.iso_code or "", row.name, row.time_zone)
        for row in Country.objects.all()
    }


@kept
def institutions() -> dict[int, InstitutionFact]:
    """By number."""
    rows = Institution.objects.values_list("pk", "code", "country__code", "name")
    return {row[0]: InstitutionFact(*row) for row in rows}


@kept
def providers() -> dict[int, ProviderFact]:
    """By number."""
    return {provider.pk: provider for provider in _providers(Provider.objects.all())}


def provider_fact(number: int | None) -> ProviderFact | None:
    """The provider of a course; None only for a course that is not saved and has none yet."""
    known = providers().get(number)
    # One that came without an announcement is asked for.
    return known or next(_providers(Provider.objects.filter(pk=number)), None)


def zone_of(provider: int | None) -> str:
    """The clocks that a provider's runs go by where they have no centre; "" when unknown."""
    found = provider_fact(provider) if provider else None
    country = countries().get(found.country) if found else None
    return country.time_zone if country else ""


def _providers(rows: QuerySet[Provider]) -> Iterator[ProviderFact]:
    fields = ("pk", "code", "name", "country_id", "website")
    return (ProviderFact(*row) for row in rows.values_list(*fields))


@kept
def centre_places() -> dict[int, CentreFact]:
    """Town and clocks of every centre, by number."""
    rows = Centre.objects.values_list("pk", "city", "time_zone")
    return {number: CentreFact(*place) for number, *place in rows}


@kept
def subjects() -> dict[int, SubjectFact]:
    """By number, in the portal's order."""
    rows = Subject.objects.values_list("pk", "code", "parent_id", "name", "hue", "icon")
    return {row[0]: SubjectFact(*row) for row in rows}


@kept
def competencies() -> dict[int, CompetencyFact]:
    """By number."""
    rows = Competency.objects.values_list("pk", "code", "name")
    return {pk: CompetencyFact(code, name) for pk, code, name in rows}


def hue_of(numbers: Iterable[int], default: int = 190) -> int:
    """The colour of covers: that of the first of these subjects that the portal knows."""
    return next((subjects()[number].hue for number in numbers if number in subjects()), default)


def country_by_code(code: str) -> CountryFact | None:
    """The country with this code."""
    return next((country for country in countries().values() if country.code == code), None)


def subject_path(number: int) -> list[SubjectFact]:
    """From the top down to this subject; a subject below itself ends the path."""
    path: list[SubjectFact] = []
    at: int | None = number
    while at is not None and at in subjects() and subjects()[at] not in path:
        path.insert(0, subjects()[at])
        at = path[0].parent
    return path
