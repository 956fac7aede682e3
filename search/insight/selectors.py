"""What the counts say: popular queries, and the two jobs that throw counts away."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db.models import F, Max, Q, QuerySet, Sum
from django.utils import timezone

from .models import Asker, DaySalt, QueryDay, query_key

# Fewer people than these might be told apart by what they ask.
ENOUGH_PEOPLE = 5
POPULAR_DAYS, MOST_POPULAR, POPULAR_SECONDS = 30, 500, 600
RARE_KEPT, COMMON_KEPT = timedelta(days=90), timedelta(days=730)


def by_query(days: int) -> QuerySet:
    """Counts of the last ``days`` by language and query, as dictionaries."""
    since = timezone.localdate() - timedelta(days=days - 1)
    return (
        QueryDay.objects.filter(day__gte=since)
        .values("language", "query")
        .annotate(
            shown=Max("typed"),
            asked=Sum("searches"),
            persons=Max("people"),
            as_typed=Sum("strict"),
            nothing=Sum("empty"),
            opened=Sum("clicks"),
        )
    )


def popular(language: str) -> list[tuple[str, str]]:
    """Folded and written queries that enough people asked on one day, most asked first.

    Only those that the catalogue answers word by word, so nobody can make the portal propose
    words of their own.
    """
    key = f"popular-queries:{language}"
    if (found := cache.get(key)) is None:
        rows = by_query(POPULAR_DAYS).filter(language=language, persons__gte=ENOUGH_PEOPLE)
        rows = rows.filter(as_typed=F("asked")).order_by("-asked", "query")[:MOST_POPULAR]
        found = [(row["query"], row["shown"]) for row in rows]
        cache.set(key, found, POPULAR_SECONDS)
    return found


def popular_like(typed: str, language: str, most: int) -> list[str]:
    """Popular queries that go on from what was typed, most asked first."""
    begun = query_key(typed)
    found = (shown for query, shown in popular(language) if begun and query.startswith(begun))
    return [shown for shown, _n in zip(found, range(most), strict=False)]


def forget() -> int:
    """Throw away who asked before today, and old counts; returns how many rows went."""
    today = timezone.localdate()
    gone = Asker.objects.filter(day__lt=today).delete()[0]
    gone += DaySalt.objects.filter(day__lt=today).delete()[0]
    rare = Q(people__lt=ENOUGH_PEOPLE, day__lt=today - RARE_KEPT)
    return gone + QueryDay.objects.filter(rare | Q(day__lt=today - COMMON_KEPT)).delete()[0]
