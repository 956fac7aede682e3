"""Which documents show the words of a shared row: those a change of it must write anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from catalog.models import Centre, Course, Programme, Provider, Subject
from home.models import NewsPage, StandardPage

from .pages import page_key

# Kind of what changed: the documents that hold a word or a code of it, and the way back to it.
_SHOWN_BY: dict[str, tuple[tuple[type[Model], str], ...]] = {
    "provider": ((Course, "provider"), (Programme, "provider")),
    "subject": ((Course, "subjects"),),
    "competency": ((Course, "competencies"),),
    "centre": ((Course, "runs__centre"),),
    "institution": ((Course, "audience_institutions"),),
    "country": (
        (Course, "provider__country"),
        (Course, "audience_countries"),
        (Programme, "provider__country"),
        (Provider, "country"),
        (Centre, "country"),
    ),
    "locale": ((Course, "texts__locale"),),
}


def showing(kind: str, number: str) -> Iterator[str]:
    """Keys of the documents that show what ``kind`` and ``number`` name."""
    numbers = _below(int(number)) if kind == "subject" else [number]
    for model, way in _SHOWN_BY.get(kind, ()):
        rows = model._default_manager.filter(**{f"{way}__in": numbers}).order_by("pk")
        for pk in rows.values_list("pk", flat=True).distinct().iterator(chunk_size=2000):
            yield f"{model._meta.model_name}:{pk}"
    if kind == "locale":
        for pages in (StandardPage, NewsPage):
            yield from map(page_key, pages.objects.filter(locale=number).only("translation_key"))


def _below(number: int) -> list[int]:
    """A subject and all that stand below it: courses are found by the whole way down."""
    parents = dict(Subject.objects.values_list("pk", "parent"))
    found = [number]
    for above in found:
        found += [pk for pk, parent in parents.items() if parent == above and pk not in found]
    return found
