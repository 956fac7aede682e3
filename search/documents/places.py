"""Documents of providers and training centres."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Model

from catalog.models import Centre, Provider
from catalog.selectors.vocabulary import CountryFact, countries
from home.languages.collation import sort_key
from search.engine import Document

from .programmes import joined


def provider_numbers(after: str) -> Iterator[int]:
    """Numbers of all providers, in order, beyond ``after``."""
    return _numbers(Provider, after)


def centre_numbers(after: str) -> Iterator[int]:
    """Numbers of all centres, in order, beyond ``after``."""
    return _numbers(Centre, after)


def _numbers(model: type[Model], after: str) -> Iterator[int]:
    rows = model.objects.filter(pk__gt=int(after or 0)).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=2000)


def provider_documents(numbers: Iterable[str]) -> list[Document]:
    """Documents of the providers among these. One query."""
    rows = Provider.objects.filter(pk__in=[int(number) for number in numbers])
    places = countries()
    return [
        _document("provider", row, places, joined(row.summary, row.about, row.city)) for row in rows
    ]


def centre_documents(numbers: Iterable[str]) -> list[Document]:
    """Documents of the centres among these. One query."""
    rows = Centre.objects.filter(pk__in=[int(number) for number in numbers])
    places = countries()
    return [
        _document(
            "centre", row, places, joined(row.city, row.region, row.address, row.accessibility)
        )
        for row in rows
    ]


def _document(
    kind: str, row: Model, places: Mapping[int, CountryFact], bodies: dict[str, str]
) -> Document:
    country = places.get(row.country_id)
    return Document(
        key=f"{kind}:{row.pk}",
        type=kind,
        code="",
        titles=dict(row.name),
        bodies=bodies,
        facets={
            "country": (country.code,) if country else (),
            "language": tuple(row.name),
        },
        start=None,
        created=0,
        sort_titles={lang: sort_key(name, lang) for lang, name in row.name.items()},
    )
