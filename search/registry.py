"""Which indexes there are, so that every change reaches each of them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .models import OutboxEntry, SearchIndex

# An index that nobody has seen for so long gets no more changes; it is rebuilt when it comes back.
FORGOTTEN_AFTER = timedelta(days=3)
# A build that nobody goes on with keeps changes for so long.
UNFINISHED_FOR = timedelta(days=1)
_NOTED_EVERY = timedelta(hours=1)


def begin(name: str) -> SearchIndex:
    """From now on changes are kept for the index ``name``, which is being built."""
    row, _is_new = SearchIndex.objects.get_or_create(name=name)
    return row


def unfinished() -> list[str]:
    """Names of indexes whose build has not ended."""
    return list(SearchIndex.objects.filter(is_built=False).values_list("name", flat=True))


def is_known(name: str) -> bool:
    """Whether every change reaches the index that answers under ``name``; notes that it does."""
    row = SearchIndex.objects.filter(name=name).first()
    if row is None:
        return False
    now = timezone.now()
    if not row.is_built or row.seen_at < now - _NOTED_EVERY:
        SearchIndex.objects.filter(pk=row.pk).update(is_built=True, seen_at=now)
    return True


def holds(name: str) -> int:
    """How many documents the index had when it was last written."""
    return SearchIndex.objects.filter(name=name).values_list("done", flat=True).get()


def note(name: str, documents: int) -> None:
    """The index has so many documents now."""
    SearchIndex.objects.filter(name=name).update(done=documents, seen_at=timezone.now())


def replace(before: str, name: str) -> None:
    """``name`` answers now in the place of ``before``."""
    with transaction.atomic():
        SearchIndex.objects.filter(name=name).update(is_built=True, seen_at=timezone.now())
        forget(before)


def forget(*names: str) -> None:
    """No more changes for these; what waits for them goes."""
    with transaction.atomic():
        SearchIndex.objects.filter(name__in=names).delete()
        OutboxEntry.objects.filter(consumer__in=names).delete()


def forget_unseen() -> None:
    """Indexes of hosts and servers that are gone, and builds that nobody goes on with."""
    now = timezone.now()
    gone = SearchIndex.objects.filter(is_built=True, seen_at__lt=now - FORGOTTEN_AFTER)
    left = SearchIndex.objects.filter(is_built=False, seen_at__lt=now - UNFINISHED_FOR)
    if names := [row.name for row in (*gone, *left)]:
        forget(*names)
