"""Documents of providers and training centres."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Model

from catalog.models import Centre, Provider
from catalog.selectors.vocabulary import CountryFact, countries
from home.languages.collation import sort_key
from search.engine import Document

from .programmes import joined


def keys() -> Iterator[str]:
    """Keys of all providers and centres."""
    for kind, model in (("provider", Provider), ("centre", Centre)):
        for pk in model.objects.order_by("pk").values_list("pk", flat=True):
            yield f"{kind}:{pk}"


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
