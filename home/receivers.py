"""What makes kept pages and menus old: pages, their guards, sites and their settings."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction, Site, get_page_models
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from home.cache import touch_content
from home.models import Concept, PortalImage, SiteSettings

# What stands around or before many pages.
_FRAME = (SiteSettings, Site, Locale, PageViewRestriction, PortalImage, Redirect, Concept)


@receiver(
    [page_published, page_unpublished, page_slug_changed, post_page_move],
    dispatch_uid="home.page_changed",
)
def on_page(**kwargs: Any) -> None:
    """A page appeared, changed its words or its place, or went."""
    touch_content()


def on_delete(**kwargs: Any) -> None:
    """A page was deleted; drafts too, which costs nothing but a fresh cache."""
    touch_content()


def on_frame(raw: bool = False, **kwargs: Any) -> None:
    """Something that stands around or before many pages was changed."""
    if not raw:
        touch_content()


# With a sender each: a receiver for all models would make every deletion load its rows first.
for _model in get_page_models():
    post_delete.connect(on_delete, sender=_model, dispatch_uid="home.page_deleted")
for _model in _FRAME:
    post_save.connect(on_frame, sender=_model, dispatch_uid="home.frame_changed")
    post_delete.connect(on_frame, sender=_model, dispatch_uid="home.frame_changed")
