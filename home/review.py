"""The rule of two pairs of eyes: who wrote the last change does not put it before the public."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester


def is_last_editor(obj: Any, user: Any) -> bool:
    """True when ``user`` wrote the newest revision of ``obj``."""
    revision = obj.get_latest_revision()
    return bool(revision and user and revision.user_id == user.pk)


def holds_back(obj: Any, user: Any) -> bool:
    """True when ``obj`` waits for a second person and ``user`` is the first.

    While it waits, the first person may neither approve nor publish past the review.
    """
    return bool(obj.pk and obj.workflow_in_progress and is_last_editor(obj, user))


class TwoPairsOfEyes(PagePermissionTester):
    """What a person may do with a page, held to the rule."""

    def can_publish(self) -> bool:
        """Not by the last editor while the page waits for review."""
        return super().can_publish() and not holds_back(self.page, self.user)
