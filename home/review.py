"""The rule of two pairs of eyes: who wrote the last change does not put it before the public."""

from __future__ import annotations

import re
from typing import Any

from wagtail.models import Page, PagePermissionTester

# What a revision says about itself and its place; everything else are words that readers see.
_NOT_WORDS = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "live_revision", "live", "draft_title"),
        *("has_unpublished_changes", "first_published_at", "last_published_at", "expired"),
        *("go_live_at", "expire_at", "locked", "locked_at", "locked_by", "owner"),
        *("path", "depth", "numchild", "url_path", "wagtail_admin_comments"),
    }
)
_KEY = re.compile(r' data-block-key=\\?"\w*\\?"')


def is_last_editor(obj: Any, user: Any) -> bool:
    """True when ``user`` wrote the newest revision of ``obj``."""
    revision = obj.get_latest_revision()
    return bool(revision and user and revision.user_id == user.pk)


def holds_back(obj: Any, user: Any) -> bool:
    """True when the newest words of ``obj`` are those of ``user`` and not public yet.

    While they wait for a second person this binds everybody. Before and after that, superusers
    may publish their own: a portal with a single moderator would stand still.
    """
    if obj.pk is None:
        return not user.is_superuser
    if obj.workflow_in_progress:
        return is_last_editor(obj, user)
    if user.is_superuser:
        return False
    return (obj.has_unpublished_changes and is_last_editor(obj, user)) or _translated(obj, user)


def has_new_words(obj: Any) -> bool:
    """False when the newest revision of ``obj`` says the same as the one before it."""
    found = list(obj.revisions.order_by("-created_at", "-pk")[:2])
    if len(found) < 2:
        return True
    now, before = (_words(revision.content) for revision in found)
    return now != before


def _words(content: dict[str, Any]) -> dict[str, Any]:
    """What readers see of a revision; a form gives paragraphs new keys without changing a word."""
    return {
        name: _KEY.sub("", value) if isinstance(value, str) else value
        for name, value in content.items()
        if name not in _NOT_WORDS
    }


def _translated(obj: Any, user: Any) -> bool:
    """True when ``user`` typed a translation of this page since it was last published.

    What is typed there lies beside the page until it is published, so no revision tells of it.
    """
    from wagtail_localize.models import StringTranslation

    if not isinstance(obj, Page):
        return False
    typed = StringTranslation.objects.filter(
        context__object=obj.translation_key, locale=obj.locale_id, last_translated_by=user
    )
    if obj.last_published_at:
        typed = typed.filter(updated_at__gt=obj.last_published_at)
    return typed.exists()


class TwoPairsOfEyes(PagePermissionTester):
    """What a person may do with a page, held to the rule."""

    def can_publish(self) -> bool:
        """Not by the last editor, whether or not the page waits for review."""
        return super().can_publish() and not holds_back(self.page, self.user)

    def can_publish_subpage(self) -> bool:
        """Whoever makes a page is its last editor."""
        return super().can_publish_subpage() and self.user.is_superuser

    def can_set_view_restrictions(self) -> bool:
        """Guards a page and changes no word of it, so the last editor may."""
        return super().can_publish()

    def can_unschedule(self) -> bool:
        """Keeps a page from the public, so the last editor may."""
        return super().can_publish()
