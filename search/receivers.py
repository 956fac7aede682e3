"""What brings changes of pages to the index; the catalogue announces its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from .documents.pages import TYPES, page_key
from .outbox import store

_KINDS = tuple(TYPES.values())


@receiver([page_published, page_unpublished], dispatch_uid="search.page_changed")
def on_page(instance: Page, **kwargs: Any) -> None:
    """A page appeared, changed its words or went."""
    if isinstance(instance, _KINDS):
        store([page_key(instance)])


def on_delete(instance: Page, **kwargs: Any) -> None:
    """A page was deleted; its translations keep their document."""
    store([page_key(instance)])


# With a sender each: a receiver for all models would make every deletion load its rows first.
for _kind in _KINDS:
    post_delete.connect(on_delete, sender=_kind, dispatch_uid="search.page_deleted")


@receiver(post_page_move, dispatch_uid="search.page_moved")
def on_move(instance: Page, **kwargs: Any) -> None:
    """Pages may have come below one that not everybody may see, or from there."""
    store(_keys_below(instance))


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.page_guard")
def on_guard(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Pages were closed to the public, or opened."""
    store(_keys_below(instance.page))


def _keys_below(page: Page) -> Iterable[str]:
    below = Page.objects.descendant_of(page, inclusive=True)
    return {page_key(row) for row in below.only("translation_key").iterator()}
