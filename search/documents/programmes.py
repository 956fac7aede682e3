"""Documents of programmes, found by their own words and by the titles of their courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from catalog.models import Course, Programme, ProgrammeCourse
from catalog.selectors.vocabulary import countries, providers
from home.languages.collation import sort_key
from search.engine import Document


def numbers(after: str) -> Iterator[int]:
    """Numbers of the published programmes, in order, beyond ``after``."""
    rows = Programme.objects.filter(live=True, pk__gt=int(after or 0)).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=2000)


def documents(wanted: Iterable[str]) -> list[Document]:
    """Documents of the published programmes among these. Two queries."""
    pks = [int(number) for number in wanted]
    rows = Programme.objects.filter(live=True, pk__in=pks)
    places, academies, titles = countries(), providers(), _course_titles(pks)
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
                keywords={lang: "\n".join(own) for lang, own in titles[row.pk].items()},
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


def holding(courses: Iterable[str]) -> Iterator[str]:
    """Keys of the programmes with any of these courses, which show their titles. One query."""
    rows = ProgrammeCourse.objects.filter(course__in=[int(number) for number in courses])
    for number in rows.order_by("programme_id").values_list("programme_id", flat=True).distinct():
        yield f"programme:{number}"


def _course_titles(wanted: list[int]) -> dict[int, dict[str, list[str]]]:
    """Titles of the public courses of each programme, by language and in the order of its steps."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    steps = ProgrammeCourse.objects.filter(
        programme__in=wanted, course__in=Course.objects.public(), course__texts__live=True
    )
    names = ("title", "written_in", "locale__language_code")
    rows = steps.order_by("programme", "sort_order", "pk", "course__texts__pk")
    for programme, title, written_in, locale in rows.values_list(
        "programme", *(f"course__texts__{name}" for name in names)
    ):
        found[programme][written_in or locale].append(title)
    return found


def joined(*texts: dict[str, str] | None) -> dict[str, str]:
    """Translated texts one below the other, by language."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for language, words in (text or {}).items():
            found.setdefault(language, []).append(words)
    return {language: "\n".join(words) for language, words in found.items() if any(words)}
