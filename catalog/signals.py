"""How the catalogue announces that something changed; search, caches and peers listen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal

from home.cache import touch_content

# Sent inside the transaction of the change with ``keys``: a frozenset of "course:12" and the like.
catalogue_changed = Signal()


def key(kind: str, number: int) -> str:
    """The key of an entry: ``course:12``."""
    return f"{kind}:{number}"


def announce(keys: Iterable[str]) -> None:
    """Tell everyone that these entries changed; call it in the transaction that changed them."""
    changed = frozenset(keys)
    if not changed:
        return
    # Together even where a row was saved by itself: a version under which nothing waits yet would
    # let pages keep what the index says.
    with transaction.atomic():
        touch_content()
        catalogue_changed.send(sender=None, keys=changed)


def announce_courses(numbers: Iterable[int]) -> None:
    """The same, for courses by number."""
    announce(key("course", number) for number in numbers)
