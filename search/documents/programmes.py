"""Documents of programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.models import Programme
from catalog.selectors.vocabulary import countries, providers
from home.languages.collation import sort_key
from search.engine import Document


def numbers(after: str) -> Iterator[int]:
    """Numbers of the published programmes, in order, beyond ``after``."""
    rows = Programme.objects.filter(live=True, pk__gt=int(after or 0)).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=2000)


def documents(wanted: Iterable[str]) -> list[Document]:
    """Documents of the published programmes among these. One query."""
    rows = Programme.objects.filter(live=True, pk__in=[int(number) for number in wanted])
    places, academies = countries(), providers()
    found = []
    for row in rows:
        provider = academies.get(row.provider_id)
        country = places.get(provider.country) if provider else None
        found.append(
            Document(
                key=f"programme:{row.pk}",
                type="programme",
                code=row.code,
                titles=dict(row.title),
                bodies=joined(row.summary, row.about, row.outcomes, provider and provider.name),
                facets={
                    "level": (row.level,),
                    "provider": (provider.code,) if provider else (),
                    "country": (country.code,) if country else (),
                    "language": tuple(row.title),
                },
                start=None,
                created=int(row.first_published_at.timestamp()) if row.first_published_at else 0,
                sort_titles={lang: sort_key(title, lang) for lang, title in row.title.items()},
            )
        )
    return found


def joined(*texts: dict[str, str] | None) -> dict[str, str]:
    """Translated texts one below the other, by language."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for language, words in (text or {}).items():
            found.setdefault(language, []).append(words)
    return {language: "\n".join(words) for language, words in found.items() if any(words)}
