"""All concepts at once: a few hundred rows, kept in the process until one of them changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max

from home.cache import kept


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; ``role`` is "preferred", "synonym" or "abbreviation"."""

    language: str
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class ConceptFact:
    """A concept and its terms, preferred ones first."""

    code: str
    area: str
    terms: tuple[Term, ...]

    def preferred(self, language: str) -> str:
        """The term to use in a language; "" when the glossary has none."""
        return next((term.text for term in self.terms if term.language == language), "")


@kept
def version() -> tuple[int, str]:
    """Changes whenever a concept does, and only then: whatever is made of concepts hangs on it."""
    from home.models import Concept

    found = Concept.objects.aggregate(count=Count("pk"), latest=Max("updated_at"))
    latest = found["latest"]
    return found["count"], latest.isoformat() if latest else ""


def concepts() -> tuple[ConceptFact, ...]:
    """Every concept, by code; two queries after a change, none otherwise."""
    return _concepts(version())


@lru_cache(maxsize=2)
def _concepts(wanted: tuple[int, str]) -> tuple[ConceptFact, ...]:
    from home.models import Concept, ConceptTerm

    terms: dict[int, list[Term]] = defaultdict(list)
    rows = ConceptTerm.objects.order_by("pk").values_list("concept", "language", "text", "role")
    for concept, language, text, role in rows:
        terms[concept].append(Term(language, text, role))
    return tuple(
        ConceptFact(code, area, tuple(sorted(terms[pk], key=lambda term: term.role != "preferred")))
        for pk, code, area in Concept.objects.order_by("code").values_list("pk", "code", "area")
    )
